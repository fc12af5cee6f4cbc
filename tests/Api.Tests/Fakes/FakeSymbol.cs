using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeSymbol(string symbol) : ISymbolGrain
{
    public CandleView[] Candles { get; set; } = [new(1_767_225_600_000, 1m, 4m, 0.5m, 2m, 10m, 1_767_225_659_999, 20m, 5)];

    public Task<DepthView> GetDepth(int limit) =>
        Task.FromResult(new DepthView(symbol, 42, [new(100.50m, 150m), new(100.25m, 200m)], [new(100.75m, 100m)], 100.50m, 0, 42));

    public Task<TradesView> GetTrades(int limit) => Task.FromResult(new TradesView([new TradeView(9, 100.50m, 2.0m, Side.Sell, 1_767_225_600_000)]));

    public Task<TickerView> GetTicker() => Task.FromResult(
        new TickerView(symbol, 100m, 120m, 90m, 110m, 10m, 1050m, 3, 109m, 1m, 111m, 2m, 1_767_139_200_000, 1_767_225_600_000, 110m, Feed));

    public static FeedView Feed => new(FeedHealth.Stale, 12_000, "silent for 12000 ms");

    public Task<BestPricesView> GetBestPrices() => Task.FromResult(
        new BestPricesView(symbol, new(109.5m, 2m), default, new(109m, 1m), new(111m, 2m), 0, 110m, Feed));

    public Task<CandlesView> GetCandles(string interval, int limit) => Task.FromResult(new CandlesView(Candles));

    public Task<SymbolStatus> GetStatus() => Task.FromResult(new SymbolStatus(symbol, MarketStatus.Trading, default, 0, 0, 42));

    public Task<SubmitReply> Submit(SubmitOrder order) => throw new NotSupportedException();

    public Task<CancelReply> Cancel(CancelAtSymbol cancel) => throw new NotSupportedException();

    public Task<QuoteReply> Quote(QuoteRequest request) => throw new NotSupportedException();

    public Task<ReconcileReply> Reconcile(ReconcileRequest request) => throw new NotSupportedException();

    public Reason LetterReason { get; set; }
    public List<string> Letters { get; } = [];

    public Task<Reason> RetryDeadLetter(long letterId) => Note($"retry {letterId}");

    public Task<Reason> DropDeadLetter(long letterId) => Note($"drop {letterId}");

    public int WokenUp { get; private set; }

    public Task WakeUp()
    {
        WokenUp++;
        return Task.CompletedTask;
    }

    public Task FeedChanged() => throw new NotSupportedException();

    private Task<Reason> Note(string what)
    {
        Letters.Add(what);
        return Task.FromResult(LetterReason);
    }
}
