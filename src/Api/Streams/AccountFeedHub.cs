using Exchange.Grains.Interfaces.Streams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Streams;

/// <summary>The accounts that somebody connected here listens to, each watched once.</summary>
internal sealed class AccountFeedHub(
    IGrainFactory grains, StreamWriters writers, StreamOptions options, TimeProvider clock, ILogger<AccountFeedHub> log)
    : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, AccountFeed> _feeds = [];

    public async Task<Topic> AcquireAsync(long account)
    {
        AccountFeed feed;
        lock (_gate)
        {
            if (!_feeds.TryGetValue(account, out feed!))
                _feeds[account] = feed = new AccountFeed(account, grains, writers);
            feed.Interested++;
        }

        try
        {
            await feed.WatchAsync();
            return feed.Topic;
        }
        catch
        {
            Release(account);
            throw;
        }
    }

    public void Release(long account)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(account, out var feed) || --feed.Interested > 0)
                return;
            _feeds.Remove(account);
            _ = Guarded(feed.UnwatchAsync);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.RenewPeriod, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                AccountFeed[] feeds;
                lock (_gate)
                    feeds = [.. _feeds.Values];
                foreach (var feed in feeds)
                    await Guarded(feed.WatchAsync);
            }
        }
        catch (OperationCanceledException)
        {
        }
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

    private sealed class AccountFeed : IPortfolioObserver
    {
        private readonly IGrainFactory _grains;
        private readonly StreamWriters _writers;
        private readonly IPortfolioStreamGrain _portfolio;
        private readonly IPortfolioObserver _self;
        private bool _wasWatching;

        public AccountFeed(long account, IGrainFactory grains, StreamWriters writers)
        {
            _grains = grains;
            _writers = writers;
            _portfolio = grains.GetGrain<IPortfolioStreamGrain>(account);
            _self = grains.CreateObjectReference<IPortfolioObserver>(this);
        }

        public int Interested { get; set; }
        public Topic Topic { get; } = new(StreamName.User.Text, Overflow.Cut);

        public async Task WatchAsync()
        {
            var isNew = await _portfolio.Watch(_self);
            if (isNew && _wasWatching)
                Topic.Publish(StreamMessages.Resync(Topic.Name));
            _wasWatching = true;
        }

        public async Task UnwatchAsync()
        {
            await _portfolio.Unwatch(_self);
            _grains.DeleteObjectReference<IPortfolioObserver>(_self);
        }

        public void OnUpdate(AccountUpdate update)
        {
            _writers.Hold();
            try
            {
                Publish(update);
            }
            finally
            {
                _writers.Release();
            }
        }

        private void Publish(AccountUpdate update)
        {
            foreach (var order in update.Orders)
                Topic.Publish(StreamMessages.Order(update, order));
            foreach (var fill in update.Fills)
                Topic.Publish(StreamMessages.Fill(update, fill));
            foreach (var position in update.Positions)
                Topic.Publish(StreamMessages.Position(update, position));
            foreach (var notification in update.Notifications)
                Topic.Publish(StreamMessages.Notification(update, notification));
            if (update.Balances.Length > 0)
                Topic.Publish(StreamMessages.Balances(update));
        }
    }
}
