using System.Diagnostics;
using Exchange.VenueSimulator;

namespace Exchange.Bench.Triggers;

/// <summary>A venue on loopback whose best bid goes where the bench tells it, and which knows when it said so.</summary>
internal sealed class DetectVenue : IAsyncDisposable
{
    public const string Symbol = "SOLUSDC";
    public const decimal Middle = 150m;

    private const decimal Tick = 0.01m;
    private const decimal Depth = 50_000_000;

    private readonly BinanceSimulator _venue;
    private readonly long[] _reachedAt = new long[TicksOf(Middle) + 1];
    private long _bid = TicksOf(Middle) - 1;

    private DetectVenue(BinanceSimulator venue) => _venue = venue;

    public string[] Arguments =>
    [
        "--Feed:Markets:SOL_USDC:Venue=Binance",
        $"--Feed:Markets:SOL_USDC:VenueSymbol={Symbol}",
        $"--Feed:Binance:RestBase={_venue.Http}",
        $"--Feed:Binance:StreamBase={_venue.Ws}",
    ];

    public long BidTicks => _bid;

    public static async Task<DetectVenue> StartAsync()
    {
        var venue = new DetectVenue(await BinanceSimulator.StartAsync(TimeProvider.System));
        venue._venue.Add(Symbol, Middle, Tick);
        return venue;
    }

    public static long TicksOf(decimal price) => (long)(price / Tick);

    /// <summary>Fresh, and so deep that nothing slips.</summary>
    public void Refresh() => Send([new(true, _bid * Tick, Depth), new(false, Middle + Tick, Depth)]);

    /// <summary>A tick that fires nothing.</summary>
    public void Idle(int number) => Send([new(true, _bid * Tick, Depth + number % 10)]);

    public void LowerBid(int ticks)
    {
        var changes = new List<VenueBook.Change>();
        for (var level = _bid; level > _bid - ticks; level--)
            changes.Add(new VenueBook.Change(true, level * Tick, 0));
        var now = Stopwatch.GetTimestamp();
        for (var level = _bid; level >= _bid - ticks; level--)
        {
            if (_reachedAt[level] == 0)
                Volatile.Write(ref _reachedAt[level], now);
        }

        _bid -= ticks;
        changes.Add(new VenueBook.Change(true, _bid * Tick, Depth));
        Send(changes);
    }

    /// <summary>How long ago the bid came to this level.</summary>
    public TimeSpan Since(decimal level) => Stopwatch.GetElapsedTime(Volatile.Read(ref _reachedAt[TicksOf(level)]));

    public ValueTask DisposeAsync() => _venue.DisposeAsync();

    private void Send(List<VenueBook.Change> changes)
    {
        var book = _venue.Book(Symbol);
        lock (book)
        {
            foreach (var change in changes)
                book.Apply(change);
        }

        _venue.SendLie(Symbol, [.. changes]);
        _venue.Best(Symbol);
    }
}
