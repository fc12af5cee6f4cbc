using Exchange.Domain;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Portfolios;

/// <summary>What operators see of an account, and do with it.</summary>
public sealed partial class PortfolioGrain : IPortfolioOperations
{
    public async Task<AccountReport> GetAccount()
    {
        var report = new AccountReport(
            _portfolio.IsOpened ? Reason.None : Reason.UnknownAccount,
            Account,
            _portfolio.Email,
            _portfolio.Controls.IsFrozen,
            _portfolio.Controls.FrozenWhy,
            _portfolio.OpenOrderCount,
            _portfolio.Positions.Open.Count(),
            PortfolioViews.Of(_portfolio.Balances));
        await WhenDurable();
        return report;
    }

    public Task<Reason> Freeze(string by, string why) => Carry(_portfolio.Freeze(by, why));

    public Task<Reason> Unfreeze(string by, string why) => Carry(_portfolio.Unfreeze(by, why));

    public async Task<AdjustReply> Adjust(AdjustBalance adjustment)
    {
        var asset = catalog.Assets.FirstOrDefault(asset => asset.Code == adjustment.Asset);
        var decision = asset is null
            ? Decision.Refused(Reason.UnknownAsset)
            : _portfolio.Adjust(adjustment.AdjustmentId, asset, adjustment.Amount, adjustment.By, adjustment.Why);
        await Journal(decision);
        return new AdjustReply(decision.Reason, PortfolioViews.Of(_portfolio.BalanceOf(adjustment.Asset)));
    }

    private async Task<Reason> Carry(Decision decision)
    {
        await Journal(decision);
        return decision.Reason;
    }
}
