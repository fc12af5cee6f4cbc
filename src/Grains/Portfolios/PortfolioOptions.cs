namespace Exchange.Grains.Portfolios;

public sealed class PortfolioOptions
{
    /// <summary>How often an order is handed to its symbol before the client is told that its fate is unknown.</summary>
    public int SubmitAttempts { get; set; } = 3;
    public TimeSpan SubmitRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a portfolio asks symbols about orders whose fate it does not know.</summary>
    public TimeSpan ReconcilePeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a reply waits for the money of its fills to arrive.</summary>
    public TimeSpan SettlementWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after the beginning of one reset an account may start over again.</summary>
    public TimeSpan ResetPause { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a reset asks again for what the markets did not let go of.</summary>
    public TimeSpan ResetRetryPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Finished orders that an activation can still show by itself before the read model has to.</summary>
    public int RecentOrders { get; set; } = 64;
}
