using Exchange.Domain;
using Exchange.Domain.Markets;

namespace Exchange.Grains.Interfaces.Markets;

/// <summary>The directory of markets; there is one, with the key <see cref="Key"/>.</summary>
[Alias("Exchange.IMarketsGrain")]
public interface IMarketsGrain : IGrainWithStringKey
{
    const string Key = "markets";

    /// <summary>Lists what the configuration names and the directory does not know yet; answers with the number of markets.</summary>
    [Alias("EnsureListed")]
    Task<int> EnsureListed();

    /// <summary>Halts a market or lets it trade. One that was delisted stays delisted.</summary>
    [Alias("SetStatus")]
    Task<Reason> SetStatus(string symbol, MarketStatus status);

    /// <summary>Ends a market for good and cancels its orders. Refused while positions are open in it.</summary>
    [Alias("Delist")]
    Task<Reason> Delist(string symbol);

    /// <summary>
    /// No market trades any more: nothing matches and nothing closes, everywhere, until it is taken back. Durable, and known to
    /// every silo that answers, when this answers. An emergency stop takes the place of a shutdown, not the other way round.
    /// </summary>
    [Alias("StopTrading")]
    Task<StopReply> StopTrading(StopKind kind, string by, string why);

    /// <summary>Takes back a stop of this kind; nothing where there is none.</summary>
    [Alias("ResumeTrading")]
    Task<StopReply> ResumeTrading(StopKind kind, string by);

    /// <summary>Starts or renews a watch by whoever keeps a copy of the directory. Answers how far its stream has come.</summary>
    /// <param name="silo">None for a process that is not a member of the cluster.</param>
    [Alias("Watch")]
    Task<long> Watch(IMarketsObserver observer, SiloAddress? silo);
}

[Alias("Exchange.IMarketsObserver")]
public interface IMarketsObserver : IGrainObserver
{
    /// <summary>Completes when the silo has read the change.</summary>
    [Alias("OnChanged")]
    Task OnChanged();
}

/// <param name="Changed">False where it was so already.</param>
/// <param name="Silos">How many silos confirmed that they know.</param>
/// <param name="Silent">How many did not; they learn it within seconds, or when they come back.</param>
[GenerateSerializer, Immutable, Alias("Exchange.StopReply")]
public sealed record StopReply(
    [property: Id(0)] bool Changed,
    [property: Id(1)] int Silos,
    [property: Id(2)] int Silent);
