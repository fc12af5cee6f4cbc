using Exchange.Domain;
using Orleans.Concurrency;

namespace Exchange.Grains.Interfaces.Symbols;

/// <summary>One coin symbol: the only authority on what rests, what filled and what was cancelled. The key is the canonical symbol.</summary>
[Alias("Exchange.ISymbolGrain")]
public interface ISymbolGrain : IGrainWithStringKey
{
    /// <summary>Idempotent by order id. Answers when the outcome is durable.</summary>
    [Alias("Submit")]
    Task<SubmitReply> Submit(SubmitOrder order);

    /// <summary>Idempotent. Answers when the outcome is durable.</summary>
    [Alias("Cancel")]
    Task<CancelReply> Cancel(CancelAtSymbol cancel);

    /// <summary>What a market order may count on at this moment.</summary>
    [Alias("Quote")]
    Task<QuoteReply> Quote(QuoteRequest request);

    /// <summary>A portfolio that lost track asks what became of its orders; those unknown here can never execute afterwards.</summary>
    [Alias("Reconcile")]
    Task<ReconcileReply> Reconcile(ReconcileRequest request);

    [Alias("GetDepth")]
    Task<DepthView> GetDepth(int limit);

    [Alias("GetTrades")]
    Task<TradesView> GetTrades(int limit);

    [Alias("GetTicker")]
    Task<TickerView> GetTicker();

    /// <summary>The best of the users' own orders beside the venue's, and how the venue's feed is doing.</summary>
    [Alias("GetBestPrices")]
    Task<BestPricesView> GetBestPrices();

    /// <summary>The candles that are held in memory, the open one last.</summary>
    [Alias("GetCandles")]
    Task<CandlesView> GetCandles(string interval, int limit);

    [Alias("GetStatus")]
    Task<SymbolStatus> GetStatus();

    /// <summary>Delivers a dead settlement of this symbol again, and takes it off the list if it could be applied.</summary>
    [Alias("RetryDeadLetter")]
    Task<Reason> RetryDeadLetter(long letterId);

    /// <summary>Gives a dead settlement of this symbol up for good, and takes it off the list.</summary>
    [Alias("DropDeadLetter")]
    Task<Reason> DropDeadLetter(long letterId);

    /// <summary>Comes alive and takes up its pending work. Idempotent.</summary>
    [Alias("WakeUp")]
    Task WakeUp();

    /// <summary>The feed has news in this symbol's mailbox.</summary>
    [OneWay]
    [Alias("FeedChanged")]
    Task FeedChanged();
}
