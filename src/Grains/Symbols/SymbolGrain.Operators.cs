using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Symbols;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>What operators see of a symbol, and do with it.</summary>
public sealed partial class SymbolGrain : ISymbolOperations
{
    /// <summary>A market with many orders ends over several records, so that none is too large.</summary>
    private const int CancelsPerRecord = 500;

    private SymbolActivity _activity = null!;
    private long _activeSinceMs;

    /// <summary>The catalog knows when an operator halts a market; the definition that the state was built with does not.</summary>
    private MarketStatus Status => _services.Catalog.TryGet(Symbol, out var market) ? market.Status : MarketStatus.Delisted;

    private bool IsTrading => Status == MarketStatus.Trading;

    private SymbolWork Work =>
        new(
            _state.Orders.LiveCount, _state.Positions.Count, _state.Positions.Conditionals.Count + _state.Positions.Entries.Count,
            _state.Outbox.Count);

    public Task<SymbolReport> GetReport()
    {
        var feed = Feed;
        var quotes = MarketQuotes.Now(_state, UsableDepth());
        var watches = _state.Positions.Watches;
        return Task.FromResult(new SymbolReport(
            Symbol,
            Status,
            feed.State,
            feed.AgeMs,
            Work,
            _pump.RetryCount,
            watches.Bid.Count + watches.Ask.Count + watches.Mark.Count + watches.Clock.Count,
            Sequence,
            _state.Market.PriceOf(quotes.Bid),
            _state.Market.PriceOf(quotes.Ask),
            _state.Market.PriceOf(_state.History.LastPriceTicks),
            _state.Market.PriceOf(quotes.Mark),
            _activeSinceMs,
            _activity.Read()));
    }

    public async Task<SymbolWork> GetWork()
    {
        var work = Work;
        await WhenDurable();
        return work;
    }

    public async Task CancelIfDelisted()
    {
        while (Status == MarketStatus.Delisted && (Work.Orders > 0 || Work.Conditionals > 0))
            await Decide(CancelSome);
    }

    public Task Leave()
    {
        Go();
        return Task.CompletedTask;
    }

    private void Go()
    {
        _isLeaving = true;
        DeactivateOnIdle();
    }

    /// <summary>A market that was delisted while nobody could tell its symbol ends here.</summary>
    private void EverySecond()
    {
        _positions.EverySecond();
        _desk.FlushQueues();
        if (Status == MarketStatus.Delisted)
            CancelSome();
    }

    private void CancelSome()
    {
        foreach (var waiting in _state.Positions.Conditionals.Orders.Select(order => order.Armed).Take(CancelsPerRecord).ToArray())
            _positions.Conditionals.Cancel(waiting.Account, waiting.OrderId, Reason.MarketDelisted);
        foreach (var waiting in _state.Positions.Entries.Waiting.Take(CancelsPerRecord).ToArray())
            _positions.Entries.Cancel(waiting.Account, waiting.PositionId, Reason.MarketDelisted);
        foreach (var order in _state.Orders.Live.Take(CancelsPerRecord).ToArray())
        {
            // One of a pair takes the other with it.
            if (_state.Orders.TryLive(order.Order.OrderId, out var live))
                _desk.Cancel(live, Reason.MarketDelisted);
        }
    }

    private void StartCounting()
    {
        _activity = new SymbolActivity(_services.Time);
        _activeSinceMs = NowMs;
    }
}
