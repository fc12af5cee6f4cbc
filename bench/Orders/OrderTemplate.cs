using System.Globalization;
using System.Text;

namespace Exchange.Bench.Orders;

/// <summary>A complete request to place a limit order, of which only the client order id's digits and the price's change.</summary>
public sealed class OrderTemplate
{
    private const int IdDigits = 12;

    // The ticks of all markets that are driven here: a price without its trailing zeros would not fit where one with them was.
    private const string PriceFormat = "F2";

    private readonly byte[] _request;
    private readonly int _idAt;
    private readonly int _priceAt;
    private readonly int _priceLength;
    private decimal _price;

    public OrderTemplate(OrderWire wire, string token, string market, string side, decimal price, decimal quantity, string idPrefix)
    {
        var id = new string('0', IdDigits);
        var priceText = price.ToString(PriceFormat, CultureInfo.InvariantCulture);
        var body = string.Create(CultureInfo.InvariantCulture,
            $$"""{"market":"{{market}}","side":"{{side}}","type":"limit","price":"{{priceText}}","quantity":"{{quantity}}","""
            + $$""" "clientOrderId":"{{idPrefix}}{{id}}"}""");
        var (head, tail) = wire.Around(token, body.Length);
        Opening = wire.Opening(token);
        _request = [.. head, .. Encoding.ASCII.GetBytes(body), .. tail];
        _idAt = head.Length + body.IndexOf(idPrefix + id, StringComparison.Ordinal) + idPrefix.Length;
        _priceAt = head.Length + body.IndexOf($"\"price\":\"{priceText}", StringComparison.Ordinal) + "\"price\":\"".Length;
        _priceLength = priceText.Length;
        _price = price;
    }

    public byte[] Opening { get; }

    public ReadOnlySpan<byte> WithId(long id)
    {
        for (var i = _idAt + IdDigits - 1; i >= _idAt; i--)
        {
            _request[i] = (byte)('0' + id % 10);
            id /= 10;
        }

        return _request;
    }

    /// <summary>Only prices that print as long as the first one fit.</summary>
    public void SetPrice(decimal price)
    {
        if (price == _price)
            return;
        var text = price.ToString(PriceFormat, CultureInfo.InvariantCulture);
        if (text.Length != _priceLength)
            throw new ArgumentException($"{text} does not fit in {_priceLength} characters.", nameof(price));
        Encoding.ASCII.GetBytes(text, _request.AsSpan(_priceAt));
        _price = price;
    }
}
