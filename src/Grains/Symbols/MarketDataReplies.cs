using Exchange.Domain;
using Exchange.Domain.Candles;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>From the domain's ticks and lots to the messages that leave the grain about its market.</summary>
internal static class MarketDataReplies
{
    public static DepthView Depth(SymbolState state, long sequence, (DepthLevel[] Bids, DepthLevel[] Asks) depth) => new(
        state.Market.Symbol,
        sequence,
        Levels(state.Market, depth.Bids),
        Levels(state.Market, depth.Asks),
        LocalBest(state, Side.Buy),
        LocalBest(state, Side.Sell));

    public static TradesView Trades(SymbolState state, int limit) => new(
    [
        .. state.History.Tape(limit).Select(trade => new TradeView(
            trade.TradeId,
            state.Market.PriceOf(trade.PriceTicks),
            state.Market.QuantityOf(trade.Lots),
            trade.TakerSide,
            trade.TimeMs)),
    ]);

    public static TickerView Ticker(SymbolState state, long nowMs, (DepthLevel[] Bids, DepthLevel[] Asks) best, long markTicks, FeedView feed)
    {
        var market = state.Market;
        var ticker = state.History.Ticker(nowMs);
        var bid = best.Bids.Length > 0 ? best.Bids[0] : default;
        var ask = best.Asks.Length > 0 ? best.Asks[0] : default;
        return new TickerView(
            market.Symbol,
            market.PriceOf(ticker.OpenTicks),
            market.PriceOf(ticker.HighTicks),
            market.PriceOf(ticker.LowTicks),
            market.PriceOf(ticker.LastTicks),
            market.QuantityOf(ticker.Lots),
            ticker.QuoteVolume,
            ticker.Trades,
            market.PriceOf(bid.Price),
            market.QuantityOf(bid.Lots),
            market.PriceOf(ask.Price),
            market.QuantityOf(ask.Lots),
            ticker.OpenTimeMs,
            ticker.CloseTimeMs,
            market.PriceOf(markTicks),
            feed);
    }

    public static CandlesView Candles(SymbolState state, CandleInterval interval, int limit) => new(
    [
        .. state.History.Candles(interval, limit).Select(candle => new CandleView(
            candle.OpenTimeMs,
            state.Market.PriceOf(candle.OpenTicks),
            state.Market.PriceOf(candle.HighTicks),
            state.Market.PriceOf(candle.LowTicks),
            state.Market.PriceOf(candle.CloseTicks),
            state.Market.QuantityOf(candle.Lots),
            interval.NextOpenTimeMs(candle.OpenTimeMs) - 1,
            candle.QuoteVolume,
            candle.Trades)),
    ]);

    public static BestPricesView BestPrices(SymbolState state, long markTicks, FeedView feed) => new(
        state.Market.Symbol,
        Local(state, Side.Buy),
        Local(state, Side.Sell),
        Level(state.Market, new DepthLevel(state.Venue.BestPrice(Side.Buy), state.Venue.BestLots(Side.Buy))),
        Level(state.Market, new DepthLevel(state.Venue.BestPrice(Side.Sell), state.Venue.BestLots(Side.Sell))),
        state.Market.PriceOf(markTicks),
        state.Market.PriceOf(state.History.LastPriceTicks),
        feed);

    public static SymbolStatus Status(SymbolState state, long sequence, FeedView feed) => new(
        state.Market.Symbol,
        state.Market.Status,
        feed,
        state.Orders.LiveCount + state.Positions.Conditionals.Count,
        state.Outbox.Count,
        sequence);

    private static PriceLevel[] Levels(Market market, DepthLevel[] levels)
    {
        var views = new PriceLevel[levels.Length];
        for (var i = 0; i < levels.Length; i++)
            views[i] = Level(market, levels[i]);
        return views;
    }

    private static PriceLevel Level(Market market, DepthLevel level) => new(market.PriceOf(level.Price), market.QuantityOf(level.Lots));

    private static PriceLevel Local(SymbolState state, Side side) =>
        state.Book.TryBest(side, out var price, out var lots) ? Level(state.Market, new DepthLevel(price, lots)) : default;

    private static decimal LocalBest(SymbolState state, Side side) =>
        state.Book.TryBest(side, out var price, out _) ? state.Market.PriceOf(price) : 0;
}
