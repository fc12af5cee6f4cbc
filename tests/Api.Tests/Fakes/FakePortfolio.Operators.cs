using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests.Fakes;

public sealed partial class FakePortfolio : IPortfolioOperations
{
    public Reason OperatorOutcome { get; set; }

    public Task<AccountReport> GetAccount() => Answer("account", _ => new AccountReport(
        OperatorOutcome, 1234, "user1234@example.org", true, "odd trades", 2, 1, [new BalanceView("USDT", 100, 5)]));

    public Task<Reason> Freeze(string by, string why) => Answer($"freeze {by}: {why}", _ => OperatorOutcome);

    public Task<Reason> Unfreeze(string by, string why) => Answer($"unfreeze {by}: {why}", _ => OperatorOutcome);

    public Task<AdjustReply> Adjust(AdjustBalance adjustment) =>
        Answer(adjustment, _ => new AdjustReply(OperatorOutcome, new BalanceView(adjustment.Asset, 150, 0)));
}
