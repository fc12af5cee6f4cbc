using Exchange.Domain;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>Two orders of which one cancels the other.</summary>
/// <param name="ClientListId">The same id with the same body is the same pair.</param>
/// <param name="Profit">A LIMIT_MAKER order, or one that waits for a better price.</param>
/// <param name="Stop">The one that waits for a worse price.</param>
[GenerateSerializer, Immutable, Alias("Exchange.PlacePair")]
public sealed record PlacePair(
    [property: Id(0)] string ClientListId,
    [property: Id(1)] PlaceOrder Profit,
    [property: Id(2)] PlaceOrder Stop);

/// <summary>By the list's id, or by its client id where that is zero.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.PairReference")]
public sealed record PairReference(
    [property: Id(0)] long ListId,
    [property: Id(1)] string ClientListId,
    [property: Id(2)] string Symbol);

/// <summary>A refused pair has a reason and no orders, or orders whose status tells that the symbol refused them.</summary>
/// <param name="ListId">The profit's order id; the stop's is the next.</param>
/// <param name="Orders">The profit, then the stop; whichever of them is only history by now is left out.</param>
/// <param name="Required">With InsufficientBalance: what the worse of the two would have needed.</param>
/// <param name="Available">With InsufficientBalance: what there was.</param>
[GenerateSerializer, Immutable, Alias("Exchange.PairReply")]
public sealed record PairReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] long ListId,
    [property: Id(2)] string ClientListId,
    [property: Id(3)] OrderView[] Orders,
    [property: Id(4)] decimal Required,
    [property: Id(5)] decimal Available)
{
    public long StopId => ListId + 1;

    public static PairReply Refused(Reason reason) => new(reason, 0, "", [], 0, 0);
}
