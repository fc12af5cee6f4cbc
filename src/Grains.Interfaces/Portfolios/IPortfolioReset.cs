using Exchange.Domain;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>An account starts over. The same grain as <see cref="IPortfolioGrain"/>, the same key.</summary>
[Alias("Exchange.IPortfolioReset")]
public interface IPortfolioReset : IGrainWithIntegerKey
{
    /// <summary>Idempotent by id. Once it began it is carried to its end, whatever happens in between.</summary>
    [Alias("Reset")]
    Task<ResetReply> Reset(string resetId);

    /// <summary>The last reset, under way or done.</summary>
    [Alias("GetReset")]
    Task<ResetReply> GetReset();
}

/// <param name="ResetId">Empty where the account never started over.</param>
/// <param name="FinishedAtMs">Zero while it is under way.</param>
/// <param name="AgainAtMs">When the next one may begin; zero where it may at once.</param>
/// <param name="OpenOrders">What is still in the way, positions and requests for them apart.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ResetReply")]
public sealed record ResetReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] string ResetId,
    [property: Id(2)] long StartedAtMs,
    [property: Id(3)] long FinishedAtMs,
    [property: Id(4)] long AgainAtMs,
    [property: Id(5)] int OpenOrders,
    [property: Id(6)] int OpenPositions);
