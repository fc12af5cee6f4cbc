using Exchange.Domain.Events;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Publishing;

namespace Exchange.Grains.Portfolios;

/// <summary>The account's own stream: each durable record as its owner sees it, and only while the owner watches.</summary>
public sealed partial class PortfolioGrain : IPortfolioStreamGrain
{
    private readonly Watchers<IPortfolioObserver> _owners = new(time);
    private readonly Queue<AccountUpdate> _untold = new();
    private readonly List<OrderView> _ended = [];
    private NotificationView[] _told = [];

    public Task<bool> Watch(IPortfolioObserver observer)
    {
        ThrowIfBroken();
        _owners.RemoveExpired();
        return Task.FromResult(_owners.Renew(observer));
    }

    public Task Unwatch(IPortfolioObserver observer)
    {
        _owners.Remove(observer);
        return Task.CompletedTask;
    }

    protected override void OnDurable()
    {
        _announcements.DurableUpTo(DurableSequence);
        while (_untold.TryPeek(out var update) && update.Sequence <= DurableSequence)
            _owners.Tell(_untold.Dequeue(), static (observer, news) => observer.OnUpdate(news));
    }

    private void Remember(OrderView ended)
    {
        _recent.Add(ended);
        if (_owners.Count > 0)
            _ended.Add(ended);
    }

    /// <summary>Memory has the events already, storage not yet: the update waits until the record is durable.</summary>
    private void NoteForOwner(long sequence, long nowMs, IReadOnlyList<DomainEvent> events)
    {
        if (_owners.Count == 0)
            return;
        _owners.RemoveExpired();
        var touched = new TouchedByRecord(catalog);
        foreach (var happened in events)
            touched.Add(happened);
        var open = touched.Orders
            .Select(_portfolio.FindOpenOrder)
            .Where(order => order is not null)
            .Select(order => PortfolioViews.Of(order!));
        var balances = touched.Assets.Select(asset => PortfolioViews.Of(_portfolio.BalanceOf(asset)));
        _untold.Enqueue(new AccountUpdate(
            Account, sequence, nowMs, [.. open, .. _ended], [.. touched.Fills], [.. balances], [.. touched.Positions], _told));
        _ended.Clear();
    }
}
