using System.Globalization;

namespace Exchange.VenueSimulator;

/// <summary>The venue's own book of one market, in the venue's decimals: what a mirror has to equal.</summary>
public sealed class VenueBook
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create((one, other) => other.CompareTo(one)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];
    private readonly Random _random;
    private readonly decimal _tick;
    private readonly decimal _lot;

    public VenueBook(string symbol, decimal middle, decimal tick, decimal lot, int levels, int seed)
    {
        (Symbol, _tick, _lot) = (symbol, tick, lot);
        _random = new Random(seed);
        for (int i = 1; i <= levels; i++)
        {
            _bids[middle - i * tick] = Quantity();
            _asks[middle + i * tick] = Quantity();
        }
    }

    public string Symbol { get; }
    public long LastId { get; set; } = 1000;
    public long LastTradeId { get; set; } = 500;
    public IReadOnlyList<(decimal Price, decimal Quantity)> Bids => [.. _bids.Select(level => (level.Key, level.Value))];
    public IReadOnlyList<(decimal Price, decimal Quantity)> Asks => [.. _asks.Select(level => (level.Key, level.Value))];
    public decimal BestBid => _bids.First().Key;
    public decimal BestAsk => _asks.First().Key;

    public sealed record Change(bool IsBid, decimal Price, decimal Quantity);

    /// <summary>
    /// Changes the book at random: levels appear, change and go, and the middle wanders. It stays a book: neither side is
    /// ever empty and the best bid is below the best ask.
    /// </summary>
    public List<Change> Step(int changes = 4)
    {
        var made = new Dictionary<(bool, decimal), Change>();
        for (int i = 0; i < changes; i++)
        {
            var change = Next();
            made[(change.IsBid, change.Price)] = change;
            Apply(change);
        }
        return [.. made.Values];
    }

    public void Apply(Change change)
    {
        var side = change.IsBid ? _bids : _asks;
        if (change.Quantity == 0)
            side.Remove(change.Price);
        else
            side[change.Price] = change.Quantity;
    }

    public static string Text(decimal value) => value.ToString("0.00000000", CultureInfo.InvariantCulture);

    private Change Next()
    {
        bool isBid = _random.Next(2) == 0;
        var side = isBid ? _bids : _asks;
        int direction = isBid ? 1 : -1;
        if (side.Count > 5 && _random.Next(3) == 0)
            return new Change(isBid, side.Keys.ElementAt(_random.Next(Math.Min(5, side.Count))), 0);
        decimal touch = isBid ? BestAsk : BestBid;
        decimal price = touch - direction * _tick * _random.Next(1, 40);
        return new Change(isBid, price, Quantity());
    }

    private decimal Quantity() => _lot * _random.Next(1, 100_000);
}
