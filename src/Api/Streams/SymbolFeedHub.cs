using System.Collections.Concurrent;
using Exchange.Domain.Markets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Streams;

/// <summary>All symbols' lines of this silo, and the clockwork that renews and polls them.</summary>
internal sealed class SymbolFeedHub(
    IGrainFactory grains, MarketPolls polls, StreamWriters writers, StreamOptions options, TimeProvider clock, ILogger<SymbolFeedHub> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, SymbolFeed> _feeds = new();

    public async Task<Topic> AcquireAsync(StreamName name) => await FeedOf(name.Market!).AcquireAsync(name, polls.Open);

    public void Release(StreamName name) => FeedOf(name.Market!).Release(name);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        var renewedAt = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var isRenewalDue = clock.GetElapsedTime(renewedAt) >= options.RenewPeriod;
                if (isRenewalDue)
                    renewedAt = clock.GetTimestamp();
                foreach (var feed in _feeds.Values)
                    Serve(feed, isRenewalDue || feed.IsBehind);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Nobody waits for anybody: a symbol that answers late delays only itself.</summary>
    private void Serve(SymbolFeed feed, bool isRenewalDue)
    {
        if (isRenewalDue)
            _ = Guarded(feed.RenewAsync);
        foreach (var polled in feed.Polled)
            _ = Guarded(polled.PollIfDueAsync);
    }

    private async Task Guarded(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception)
        {
            Log.StreamInterrupted(log, exception);
        }
    }

    private SymbolFeed FeedOf(Market market) => _feeds.GetOrAdd(market.Symbol, _ => new SymbolFeed(market, grains, writers, clock));
}
