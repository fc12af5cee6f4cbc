using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Venues;

/// <summary>
/// For a venue whose prices are finer than the market's ticks: keeps the venue's levels and tells for each tick what
/// stands there in sum. Bids count for the tick below, asks for the tick above.
/// </summary>
internal sealed class TickBuckets
{
    /// <summary>How much finer than a tick the venue's prices are told apart.</summary>
    public const int PerTick = 10_000;

    public const int LevelsMax = 50_000;

    private readonly Dictionary<(Side, long), long> _fine = [];
    private readonly Dictionary<(Side, long), long> _sums = [];
    private DepthChange[] _translated = [];

    public static UnitScale FineScale(decimal tickSize) => new(tickSize / PerTick);

    public bool IsFull => _fine.Count >= LevelsMax;

    public void Clear()
    {
        _fine.Clear();
        _sums.Clear();
    }

    /// <summary>What the changes in fine prices mean for the ticks; a tick that comes twice has the same value twice.</summary>
    public ReadOnlySpan<DepthChange> Translate(ReadOnlySpan<DepthChange> fine)
    {
        if (_translated.Length < fine.Length)
            _translated = new DepthChange[fine.Length * 2];
        foreach (ref readonly var change in fine)
            Add(change);
        for (int i = 0; i < fine.Length; i++)
        {
            var (side, tick) = (fine[i].Side, TickOf(fine[i]));
            _translated[i] = new DepthChange(side, tick, _sums.GetValueOrDefault((side, tick)));
        }
        return _translated.AsSpan(0, fine.Length);
    }

    /// <summary>A whole book, in place.</summary>
    public void Translate(DepthScratch levels)
    {
        var changes = levels.Changes;
        foreach (ref readonly var change in changes)
            Add(change);
        for (int i = 0; i < changes.Length; i++)
            levels.SetPrice(i, TickOf(changes[i]));
    }

    private void Add(in DepthChange change)
    {
        _fine.Remove((change.Side, change.Price), out long before);
        if (change.Lots > 0)
            _fine[(change.Side, change.Price)] = change.Lots;
        var key = (change.Side, TickOf(change));
        long sum = _sums.GetValueOrDefault(key) + change.Lots - before;
        if (sum > 0)
            _sums[key] = sum;
        else
            _sums.Remove(key);
    }

    private static long TickOf(in DepthChange change) =>
        change.Side == Side.Buy ? change.Price / PerTick : (change.Price + PerTick - 1) / PerTick;
}
