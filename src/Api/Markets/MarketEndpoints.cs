using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain.Candles;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Markets;

/// <summary>What everybody may see.</summary>
internal sealed class MarketEndpoints(
    IGrainFactory grains, IMarketCatalog catalog, IPositionTerms positions, AccountLimits limits, CandleHistory candles,
    TickerBoard tickers, TimeProvider clock)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    public static readonly IReadOnlyList<string> IntervalNames = [.. CandleInterval.All.Select(interval => interval.Name)];

    private static readonly FieldSet NoFields = new();
    public static readonly FieldSet SymbolFields = new("symbol", "market");
    public static readonly FieldSet SymbolAndLimitFields = new("symbol", "market", "limit");
    public static readonly FieldSet KlineFields = new("symbol", "market", "interval", "startTime", "endTime", "limit");

    public async ValueTask<Refusal?> TimeAsync(HttpContext http)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        await JsonResponse.SendAsync(http, new ServerTime(clock.GetUtcNow().ToUnixTimeMilliseconds()), ApiJson.Default.ServerTime);
        return null;
    }

    public async ValueTask<Refusal?> ExchangeInfoAsync(HttpContext http)
    {
        if (ReadMarkets(http.Request, out var markets) is { } refusal)
            return refusal;
        var assets = catalog.Assets.Select(asset => new AssetInfo(asset.Code, asset.Precision)).ToArray();
        var info = new ExchangeInfo("UTC", clock.GetUtcNow().ToUnixTimeMilliseconds(), assets, markets);
        await JsonResponse.SendAsync(http, info, ApiJson.Default.ExchangeInfo);
        return null;
    }

    public async ValueTask<Refusal?> MarketsAsync(HttpContext http)
    {
        if (ReadMarkets(http.Request, out var markets) is { } refusal)
            return refusal;
        await JsonResponse.SendAsync(http, markets, ApiJson.Default.MarketInfoArray);
        return null;
    }

    public async ValueTask<Refusal?> DepthAsync(HttpContext http)
    {
        if (ReadMarketAndLimit(http.Request, out var market, out var limit) is { } refusal)
            return refusal;
        var depth = await SymbolOf(market).GetDepth(limit);
        await JsonResponse.SendAsync(http, depth.ToDepth(), ApiJson.Default.Depth);
        return null;
    }

    public async ValueTask<Refusal?> TradesAsync(HttpContext http)
    {
        if (ReadMarketAndLimit(http.Request, out var market, out var limit) is { } refusal)
            return refusal;
        var trades = await SymbolOf(market).GetTrades(limit);
        await JsonResponse.SendAsync(http, Array.ConvertAll(trades.Trades, MarketTranslation.ToTrade), ApiJson.Default.TradeArray);
        return null;
    }

    public async ValueTask<Refusal?> KlinesAsync(HttpContext http)
    {
        var limit = DefaultLimit;
        long? from = null, to = null;
        var refusal = Query.Read(http.Request, KlineFields, out var query)
            ?? query.RequiredMarket(catalog)
            ?? query.OneOf("interval", IntervalNames)
            ?? query.Time("startTime", ref from)
            ?? query.Time("endTime", ref to)
            ?? query.Integer("limit", 1, MaxLimit, ref limit);
        if (refusal is not null)
            return refusal;
        var interval = CandleInterval.TryParse(query["interval"], out var given) ? given : CandleInterval.OneMinute;
        var found = await candles.ReadAsync(query.Market!, interval, from, to, limit, http.RequestAborted);
        await JsonResponse.SendAsync(http, found, ApiJson.Default.IReadOnlyListCandle);
        return null;
    }

    public async ValueTask<Refusal?> TickerAsync(HttpContext http)
    {
        var refusal = Query.Read(http.Request, SymbolFields, out var query) ?? query.RequiredMarket(catalog);
        if (refusal is not null)
            return refusal;
        await JsonResponse.SendAsync(http, await tickers.ReadAsync(query.Market!.Symbol), ApiJson.Default.Ticker);
        return null;
    }

    public async ValueTask<Refusal?> TickersAsync(HttpContext http)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        await JsonResponse.SendAsync(http, await tickers.ReadAllAsync(), ApiJson.Default.TickerArray);
        return null;
    }

    public async ValueTask<Refusal?> BestPricesAsync(HttpContext http)
    {
        var refusal = Query.Read(http.Request, SymbolFields, out var query) ?? query.RequiredMarket(catalog);
        if (refusal is not null)
            return refusal;
        var prices = await SymbolOf(query.Market!).GetBestPrices();
        await JsonResponse.SendAsync(http, prices.ToBestPrices(), ApiJson.Default.BestPrices);
        return null;
    }

    /// <summary>All markets, or the one that the query names.</summary>
    private Refusal? ReadMarketAndLimit(HttpRequest request, out Market market, out int limit)
    {
        limit = DefaultLimit;
        var refusal = Query.Read(request, SymbolAndLimitFields, out var query)
            ?? query.RequiredMarket(catalog)
            ?? query.Integer("limit", 1, MaxLimit, ref limit);
        market = query.Market!;
        return refusal;
    }

    private Refusal? ReadMarkets(HttpRequest request, out MarketInfo[] markets)
    {
        markets = [];
        var refusal = Query.Read(request, SymbolFields, out var query) ?? query.OptionalMarket(catalog);
        if (refusal is null)
            markets = query.Market is { } market ? [ToInfo(market)] : [.. catalog.Markets.Select(ToInfo)];
        return refusal;
    }

    private MarketInfo ToInfo(Market market) => market.ToInfo(positions.TermsOf(market.Symbol), limits);

    private ISymbolGrain SymbolOf(Market market) => grains.GetGrain<ISymbolGrain>(market.Symbol);
}
