namespace Exchange.Domain.Portfolios;

/// <summary>
/// How an account's closed positions went, in one quote asset. Profits are after fees and funding; one of zero is neither won
/// nor lost. Volume is what was traded for positions, open ones included.
/// </summary>
public sealed record PositionStatistics(
    string Asset, long Count, long Wins, long Losses, decimal Volume, decimal NetProfit, decimal Best, decimal Worst)
{
    public static PositionStatistics None(string asset) => new(asset, 0, 0, 0, 0, 0, 0, 0);

    internal PositionStatistics Traded(decimal volume) => this with { Volume = Volume + volume };

    internal PositionStatistics Closed(decimal netProfit) => this with
    {
        Count = Count + 1,
        Wins = Wins + (netProfit > 0 ? 1 : 0),
        Losses = Losses + (netProfit < 0 ? 1 : 0),
        NetProfit = NetProfit + netProfit,
        Best = Count == 0 ? netProfit : Math.Max(Best, netProfit),
        Worst = Count == 0 ? netProfit : Math.Min(Worst, netProfit),
    };
}
