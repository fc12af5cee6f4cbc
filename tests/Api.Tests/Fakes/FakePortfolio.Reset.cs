using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests.Fakes;

public sealed partial class FakePortfolio : IPortfolioReset
{
    public ResetReply LastReset { get; set; } = new(Reason.None, "", 0, 0, 0, 0, 0);

    public Task<ResetReply> Reset(string resetId) => Answer("reset " + resetId, _ => LastReset with { ResetId = resetId });

    public Task<ResetReply> GetReset() => Answer("last reset", _ => LastReset);
}
