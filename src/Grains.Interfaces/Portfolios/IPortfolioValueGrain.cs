using Exchange.Domain;
using Orleans.Concurrency;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>What an account is worth, now and over time. The key is the account number.</summary>
[Alias("Exchange.IPortfolioValueGrain")]
public interface IPortfolioValueGrain : IGrainWithIntegerKey
{
    /// <summary>In any asset; empty asks for the one that the history is kept in.</summary>
    [Alias("GetValue")]
    Task<ValueReply> GetValue(string asset);

    /// <summary>The newest first, before a time.</summary>
    [Alias("GetHistory")]
    Task<ValueHistoryReply> GetHistory(string interval, long beforeMs, int limit);

    /// <summary>The account has changed: a sample is taken a while later. The account says so at most once in that while.</summary>
    [OneWay]
    [Alias("Changed")]
    Task Changed();

    /// <summary>Takes the day's sample, if there is none yet.</summary>
    [Alias("SampleDay")]
    Task SampleDay();
}

/// <summary>Sees to it that every account has a sample of every day; there is one, with the key <see cref="Key"/>.</summary>
[Alias("Exchange.IDailyValuesGrain")]
public interface IDailyValuesGrain : IGrainWithStringKey
{
    const string Key = "daily";

    /// <summary>Begins the day's round where it has not been made; answers at once.</summary>
    [Alias("RunIfDue")]
    Task RunIfDue();

    /// <summary>The last day, since 1970, whose round went through.</summary>
    [Alias("LastDay")]
    Task<long> LastDay();
}

/// <param name="Amount">Held and in positions included; of positions with what they won or lost so far.</param>
/// <param name="Value">Null where no market leads to the valuation asset.</param>
[GenerateSerializer, Immutable, Alias("Exchange.HoldingView")]
public readonly record struct HoldingView(
    [property: Id(0)] string Asset,
    [property: Id(1)] decimal Amount,
    [property: Id(2)] decimal? Value);

/// <param name="Value">Of all holdings that have one.</param>
[GenerateSerializer, Immutable, Alias("Exchange.ValueReply")]
public sealed record ValueReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] string Asset,
    [property: Id(2)] long AtMs,
    [property: Id(3)] decimal Value,
    [property: Id(4)] HoldingView[] Holdings);

[GenerateSerializer, Immutable, Alias("Exchange.ValuePoint")]
public readonly record struct ValuePoint(
    [property: Id(0)] long AtMs,
    [property: Id(1)] decimal Value);

[GenerateSerializer, Immutable, Alias("Exchange.ValueHistoryReply")]
public sealed record ValueHistoryReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] string Asset,
    [property: Id(2)] ValuePoint[] Points);
