using System.Text;
using System.Text.Json;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Api.Json;

/// <summary>How the enums are spelled on the wire: upper case when written, either case when read.</summary>
internal static class WireNames
{
    public static readonly EnumNames<Side> Sides = new("BUY", "SELL");
    public static readonly EnumNames<OrderType> OrderTypes = new(
        "LIMIT", "MARKET", "LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT");
    public static readonly EnumNames<TimeInForce> TimesInForce = new("GTC", "IOC", "FOK");
    public static readonly EnumNames<SelfTradePrevention> SelfTrade = new("NONE", "EXPIRE_MAKER", "EXPIRE_TAKER", "EXPIRE_BOTH", "DECREMENT");
    public static readonly EnumNames<OrderStatus> Statuses = new(
        "NEW", "PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED", "EXPIRED_IN_MATCH", "REJECTED");
    public static readonly EnumNames<MarketStatus> Markets = new("TRADING", "HALTED", "DELISTED");
}

/// <summary>Names in the order of an enum's values, which count up from zero.</summary>
internal sealed class EnumNames<T> where T : struct, Enum
{
    private readonly T[] values = Enum.GetValues<T>();
    private readonly string[] texts;
    private readonly byte[][] utf8;
    private readonly JsonEncodedText[] encoded;

    public EnumNames(params string[] names)
    {
        if (names.Length != values.Length)
            throw new ArgumentException($"Every value of {typeof(T).Name} needs a name.");
        texts = names;
        utf8 = [.. names.Select(Encoding.ASCII.GetBytes)];
        encoded = [.. names.Select(name => JsonEncodedText.Encode(name))];
    }

    public IReadOnlyList<string> All => texts;

    public string Text(T value) => texts[IndexOf(value)];

    public JsonEncodedText Json(T value) => encoded[IndexOf(value)];

    public bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            for (var i = 0; i < utf8.Length; i++)
            {
                if (Ascii.EqualsIgnoreCase(reader.ValueSpan, utf8[i]))
                {
                    value = values[i];
                    return true;
                }
            }
        }
        value = default;
        return false;
    }

    private int IndexOf(T value) => Array.IndexOf(values, value);
}
