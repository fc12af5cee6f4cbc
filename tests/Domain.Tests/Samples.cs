using Exchange.Domain.Markets;
using Exchange.Domain.Money;

namespace Exchange.Domain.Tests;

internal static class Samples
{
    public static readonly Market BtcUsdt = DefaultMarkets.All.Single(market => market.Symbol == "BTC_USDT");
    public static readonly Market EthUsdt = DefaultMarkets.All.Single(market => market.Symbol == "ETH_USDT");
    public static readonly Market TataInr = DefaultMarkets.All.Single(market => market.Symbol == "TATA_INR");

    public static readonly Asset Btc = DefaultAssets.Find("BTC")!;
    public static readonly Asset Usdt = DefaultAssets.Find("USDT")!;
}
