using System.Runtime.CompilerServices;
using Exchange.Domain.Markets;
using Exchange.Feeds;
using Exchange.Storage.Closures;
using Exchange.Storage.Journal;
using Exchange.Storage.Snapshots;
using Orleans.Storage;

namespace Exchange.Grains.Tests.Support;

/// <summary>The test's journal, stores, venue and clock as one silo has them: until it is killed.</summary>
public sealed class SiloWorld(ExchangeCluster exchange)
{
    public LifeLine Line { get; } = new();

    /// <summary>While set, nothing can be read from the journal: the silo lives and cannot answer.</summary>
    public bool IsBlind { get; set; }

    public IJournal Journal => new LiveJournal(this, exchange.Journal);
    public ISnapshotStore Snapshots => new LiveSnapshots(Line, exchange.Snapshots);
    public IClosures Closures => new LiveClosures(Line, exchange.Closures);
    public IGrainStorage States => new LiveStates(Line, exchange.States);
    public IMarketFeed Feed => new LiveFeed(Line, exchange.Feed);
    public TimeProvider Clock => new LiveClock(Line, exchange.Clock);

    private sealed class LiveJournal(SiloWorld world, MemoryJournal journal) : IJournal, IJournalReader
    {
        public JournalLoad Load => journal.Load;

        public Task AppendAsync(string stream, long expectedSequence, ReadOnlyMemory<byte> payload) =>
            world.Line.Through(() => journal.AppendAsync(stream, expectedSequence, payload));

        public IStreamWriter OpenWriter(string stream) => new Writer(world.Line, journal.OpenWriter(stream));

        public async IAsyncEnumerable<JournalRecord> ReadAsync(
            string stream, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            while (world.IsBlind)
                await Task.Delay(10, cancellation);
            await world.Line.Crossing();
            await foreach (var record in journal.ReadAsync(stream, afterSequence, cancellation))
                yield return record;
        }

        public ValueTask<long> ReadHeadAsync(string stream, CancellationToken cancellation = default) => journal.ReadHeadAsync(stream, cancellation);

        public IAsyncEnumerable<StreamHead> ReadHeadsAsync(string prefix, CancellationToken cancellation = default) =>
            journal.ReadHeadsAsync(prefix, cancellation);

        public IAsyncEnumerable<StreamRecord> ReadAllAsync(CancellationToken cancellation = default) => journal.ReadAllAsync(cancellation);
    }

    private sealed class Writer(LifeLine line, IStreamWriter writer) : IStreamWriter
    {
        public Task AppendAsync(long expectedSequence, ReadOnlyMemory<byte> payload) =>
            line.Through(() => writer.AppendAsync(expectedSequence, payload));
    }

    private sealed class LiveSnapshots(LifeLine line, MemorySnapshots snapshots) : ISnapshotStore
    {
        public Task SaveAsync(string stream, long sequence, ReadOnlyMemory<byte> payload) =>
            line.Through(() => snapshots.SaveAsync(stream, sequence, payload));

        public ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancellation = default) =>
            new(line.Through(() => snapshots.LoadAsync(stream, cancellation).AsTask()));
    }

    private sealed class LiveClosures(LifeLine line, RecordedClosures closures) : IClosures
    {
        public Task<IReadOnlyList<long>> FileAsync(IReadOnlyList<Closure> filed, int attempts) =>
            line.Through(() => closures.FileAsync(filed, attempts));

        public Task BuryAsync(Closure closure, int attempts, string reason) =>
            line.Through(() => closures.BuryAsync(closure, attempts, reason));
    }

    private sealed class LiveStates(LifeLine line, KeptGrainStates states) : IGrainStorage
    {
        /// <summary>No store answers while it is asked.</summary>
        public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await Task.Yield();
            await line.Through(() => states.ReadStateAsync(stateName, grainId, grainState));
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            line.Through(() => states.WriteStateAsync(stateName, grainId, grainState));

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            line.Through(() => states.ClearStateAsync(stateName, grainId, grainState));
    }

    private sealed class LiveFeed(LifeLine line, IMarketFeed feed) : IMarketFeed
    {
        public string Venue => feed.Venue;

        public IAsyncDisposable Subscribe(Market market, IFeedListener listener)
        {
            var subscription = feed.Subscribe(market, listener);
            line.AtEnd(() => subscription.DisposeAsync().AsTask().GetAwaiter().GetResult());
            return subscription;
        }

        public ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
            Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
            feed.GetCandlesAsync(market, from, to, cancellationToken);
    }

    private sealed class LiveClock(LifeLine line, TimeProvider clock) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(
                passed =>
                {
                    if (!line.IsCut)
                        callback(passed);
                },
                state,
                dueTime,
                period);
    }
}
