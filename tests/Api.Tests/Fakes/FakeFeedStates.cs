using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeFeedStates : IFeedStates
{
    public IReadOnlyList<MarketFeedState> States { get; set; } = [new("BTC_USDT", "simulated", new FeedView(FeedHealth.Live, 80, null))];
}
