using Exchange.Domain;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>What operators look at and do. The same grain as <see cref="IPortfolioGrain"/>, the same key.</summary>
[Alias("Exchange.IPortfolioOperations")]
public interface IPortfolioOperations : IGrainWithIntegerKey
{
    [Alias("GetAccount")]
    Task<AccountReport> GetAccount();

    /// <summary>From now on its owner can look and cancel, and nothing else. Orders and positions that are there go on.</summary>
    [Alias("Freeze")]
    Task<Reason> Freeze(string by, string why);

    [Alias("Unfreeze")]
    Task<Reason> Unfreeze(string by, string why);

    /// <summary>Gives money, or takes what is free. Idempotent by adjustment id.</summary>
    [Alias("Adjust")]
    Task<AdjustReply> Adjust(AdjustBalance adjustment);
}

[GenerateSerializer, Immutable, Alias("Exchange.AdjustBalance")]
public sealed record AdjustBalance(
    [property: Id(0)] string AdjustmentId,
    [property: Id(1)] string Asset,
    [property: Id(2)] decimal Amount,
    [property: Id(3)] string By,
    [property: Id(4)] string Why);

[GenerateSerializer, Immutable, Alias("Exchange.AdjustReply")]
public sealed record AdjustReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] BalanceView Balance);

/// <param name="Reason">UnknownAccount where nobody opened it.</param>
/// <param name="FrozenWhy">Empty while it is not frozen.</param>
[GenerateSerializer, Immutable, Alias("Exchange.AccountReport")]
public sealed record AccountReport(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] long Account,
    [property: Id(2)] string Email,
    [property: Id(3)] bool IsFrozen,
    [property: Id(4)] string FrozenWhy,
    [property: Id(5)] int OpenOrders,
    [property: Id(6)] int OpenPositions,
    [property: Id(7)] BalanceView[] Balances);
