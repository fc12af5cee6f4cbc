using Exchange.Api.Json;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Markets;

/// <summary>From the grains' views to the shapes of the wire.</summary>
internal static class MarketTranslation
{
    private const int PercentDecimals = 4;
    private const int PriceDecimals = 8;

    public static MarketInfo ToInfo(this Market market, CfdTerms terms, AccountLimits limits) => new(
        market.Symbol,
        WireNames.Markets.Text(market.Status),
        market.Base,
        market.Quote,
        market.BasePrecision,
        market.QuotePrecision,
        WireNames.OrderTypes.All,
        WireNames.TimesInForce.All,
        WireNames.SelfTrade.All,
        market.MakerFeeBps,
        market.TakerFeeBps,
        market.MaxLeverage,
        market.HasVenue ? market.Venue : null,
        market.VenueSymbol.Length > 0 ? market.VenueSymbol : null,
        FiltersOf(market, limits),
        new MarketPositions(terms.MarginMin, terms.MaintenanceBps, terms.EntryFeeBps, terms.ExitFeeBps, terms.SlippageBps));

    public static Depth ToDepth(this DepthView view) =>
        new(view.Symbol, view.UpdateId, Array.ConvertAll(view.Bids, ToPair), Array.ConvertAll(view.Asks, ToPair));

    public static Trade ToTrade(this TradeView view) => new(
        JsonId.Text(view.TradeId), view.Price, view.Quantity, view.Price * view.Quantity, WireNames.Sides.Text(view.TakerSide), view.AtMs);

    public static Candle ToCandle(this CandleView view) => new(
        view.OpenTimeMs, view.Open, view.High, view.Low, view.Close, view.Volume, view.CloseTimeMs, view.QuoteVolume, view.Trades);

    public static Candle ToCandle(CandleRow row) => new(
        row.OpenTimeMs, row.Open, row.High, row.Low, row.Close, row.Volume, row.CloseTimeMs, row.QuoteVolume, row.Trades);

    public static Ticker ToTicker(this TickerView view)
    {
        var change = view.LastPrice - view.OpenPrice;
        return new Ticker(
            view.Symbol,
            change,
            view.OpenPrice == 0 ? 0 : Math.Round(change / view.OpenPrice * 100, PercentDecimals),
            view.Volume == 0 ? 0 : Math.Round(view.QuoteVolume / view.Volume, PriceDecimals),
            view.OpenPrice,
            view.HighPrice,
            view.LowPrice,
            view.LastPrice,
            view.Volume,
            view.QuoteVolume,
            view.BidPrice,
            view.BidQuantity,
            view.AskPrice,
            view.AskQuantity,
            view.OpenTimeMs,
            view.CloseTimeMs,
            view.Trades,
            Known(view.MarkPrice),
            view.Feed.ToInfo());
    }

    public static BestPrices ToBestPrices(this BestPricesView view) => new(
        view.Symbol,
        ToPairOrNull(view.LocalBid),
        ToPairOrNull(view.LocalAsk),
        ToPairOrNull(view.VenueBid),
        ToPairOrNull(view.VenueAsk),
        Known(view.MarkPrice),
        Known(view.LastPrice),
        view.Feed.ToInfo());

    private static FeedInfo ToInfo(this FeedView feed) => new(
        feed.State.ToString().ToLowerInvariant(), feed.State == FeedHealth.None ? null : feed.AgeMs, feed.Reason);

    private static decimal? Known(decimal price) => price > 0 ? price : null;

    private static decimal[]? ToPairOrNull(PriceLevel level) => level.Price > 0 ? ToPair(level) : null;

    private static MarketFilter[] FiltersOf(Market market, AccountLimits limits) =>
    [
        new("PRICE_FILTER") { MinPrice = market.TickSize, MaxPrice = market.PriceOf(market.MaxPriceTicks), TickSize = market.TickSize },
        new("LOT_SIZE")
        {
            MinQuantity = market.QuantityOf(market.MinLots),
            MaxQuantity = market.QuantityOf(market.MaxLots),
            StepSize = market.LotSize,
        },
        new("MARKET_LOT_SIZE")
        {
            MinQuantity = market.QuantityOf(market.MinLots),
            MaxQuantity = market.QuantityOf(market.MaxMarketLots),
            StepSize = market.LotSize,
        },
        new("NOTIONAL") { MinNotional = market.MinNotional },
        PercentPriceOf(market.PriceMultipliers),
        new("MARKET_PRICE_BAND") { BandBps = market.PriceBandBps },
        new("MAX_OPEN_ORDERS") { MaxOpenOrders = market.MaxOpenOrders },
        new("MAX_ARMED_ORDERS") { MaxArmedOrders = limits.ArmedOrdersMax },
    ];

    private static MarketFilter PercentPriceOf(PriceMultipliers multipliers) => new("PERCENT_PRICE_BY_SIDE")
    {
        BidMultiplierUp = multipliers.BidUp,
        BidMultiplierDown = multipliers.BidDown,
        AskMultiplierUp = multipliers.AskUp,
        AskMultiplierDown = multipliers.AskDown,
    };

    private static decimal[] ToPair(PriceLevel level) => [level.Price, level.Quantity];
}
