using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Markets;

internal static class MarketRoutes
{
    private const string Group = "Market data";

    public static void MapMarkets(this ApiRoutes routes, MarketEndpoints markets)
    {
        routes.Public("GET", "/api/v1/time", markets.TimeAsync).Document(
            Doc("The exchange's clock", typeof(ServerTime)));
        routes.Public("GET", "/api/v1/exchangeInfo", markets.ExchangeInfoAsync).Document(
            Doc("Assets, markets and the rules that orders must obey", typeof(ExchangeInfo)) with { Query = MarketEndpoints.SymbolFields });
        routes.Public("GET", "/api/v1/markets", markets.MarketsAsync).Document(
            Doc("The markets alone", typeof(MarketInfo[])) with { Query = MarketEndpoints.SymbolFields });
        routes.Public("GET", "/api/v1/depth", markets.DepthAsync).Document(
            Doc("The order book by price level", typeof(Depth)) with
            {
                Query = MarketEndpoints.SymbolAndLimitFields,
                AnswerExample = """{"symbol":"BTC_USDT","lastUpdateId":42,"bids":[["65000.1","0.25"]],"asks":[["65000.2","1"]]}""",
            });
        routes.Public("GET", "/api/v1/orderBook", markets.BestPricesAsync).Document(
            Doc("The users' own best bid and ask beside the venue's, the mark price, and how the venue's feed is doing", typeof(BestPrices)) with
            {
                Query = MarketEndpoints.SymbolFields,
                AnswerExample = """{"symbol":"BTC_USDT","localBid":["64990","0.5"],"localAsk":null,"venueBid":["65000.1","0.25"]"""
                    + ""","venueAsk":["65000.2","1"],"markPrice":"65000.15","lastPrice":"65000.1","feed":{"state":"live","ageMs":120"""
                    + ""","reason":null}}""",
            });
        routes.Public("GET", "/api/v1/trades", markets.TradesAsync).Document(
            Doc("The latest trades, the newest last", typeof(Trade[])) with { Query = MarketEndpoints.SymbolAndLimitFields });
        routes.Public("GET", "/api/v1/klines", markets.KlinesAsync).Document(
            Doc("Candles, the newest last", typeof(IReadOnlyList<Candle>)) with { Query = MarketEndpoints.KlineFields });
        routes.Public("GET", "/api/v1/tickers", markets.TickersAsync).Document(
            Doc("The last 24 hours of every market; those that nobody uses are asleep, and told as they were last seen", typeof(Ticker[])));
        routes.Public("GET", "/api/v1/ticker/24hr", markets.TickerAsync).Document(
            Doc("The last 24 hours of one market", typeof(Ticker)) with { Query = MarketEndpoints.SymbolFields });
    }

    private static RouteDoc Doc(string summary, Type answer) => new(Group, summary, answer) { NeedsCaller = false };
}
