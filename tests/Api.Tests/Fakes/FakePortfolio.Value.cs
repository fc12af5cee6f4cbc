using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests.Fakes;

public sealed partial class FakePortfolio : IPortfolioValueGrain
{
    public ValuePoint[] Points { get; set; } = [];

    public Task<ValueReply> GetValue(string asset) => Answer("value " + asset, _ => asset == "NOPE"
        ? new ValueReply(Reason.UnknownAsset, asset, 0, 0, [])
        : new ValueReply(Reason.None, "USDT", 7, 6_650, [new HoldingView("BTC", 0.1m, 6_500), new HoldingView("INR", 3, null)]));

    public Task<ValueHistoryReply> GetHistory(string interval, long beforeMs, int limit) => Answer($"history {interval} {beforeMs} {limit}", _ =>
        new ValueHistoryReply(Reason.None, "USDT", [.. Points.Where(point => point.AtMs < beforeMs).Take(limit)]));

    public Task Changed() => throw new NotSupportedException();

    public Task SampleDay() => throw new NotSupportedException();
}
