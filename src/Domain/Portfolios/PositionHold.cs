using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>Money put aside for a position, until the symbol opens it, takes the margin, or refuses.</summary>
public sealed class PositionHold
{
    internal PositionHold(DomainEvent terms, long placedAtMs)
    {
        Terms = terms;
        PlacedAtMs = placedAtMs;
        (Id, ClientId, PositionId, Symbol, Asset, Held) = terms switch
        {
            PositionRequested e => (e.PositionId, e.ClientPositionId, e.PositionId, e.Symbol, e.HeldAsset, e.Held),
            MarginRequested e => (e.RequestId, e.ClientRequestId, e.PositionId, e.Symbol, e.HeldAsset, e.Held),
            _ => throw new InvalidOperationException($"{terms.GetType().Name} holds nothing for a position."),
        };
        Fingerprint = RequestFingerprint.Of(terms);
    }

    public DomainEvent Terms { get; }
    public long PlacedAtMs { get; }
    public long Id { get; }
    public string ClientId { get; }
    public long PositionId { get; }
    public string Symbol { get; }
    public string Asset { get; }
    public decimal Held { get; }

    internal ulong Fingerprint { get; }
    internal KnownOrder Known => new(Id, ClientId, OrderStatus.New, Reason.None);
}

/// <summary>An open position as its owner's money sees it.</summary>
public sealed class OwnedPosition
{
    internal OwnedPosition(PositionRequested terms, long openedAtMs)
    {
        Terms = terms;
        OpenedAtMs = openedAtMs;
    }

    public PositionRequested Terms { get; }
    public long OpenedAtMs { get; }
    public decimal Margin { get; internal set; }

    /// <summary>What it has brought its owner so far, or cost, with all fees and funding: never less than what was put in.</summary>
    public decimal Result { get; internal set; }
    public long PositionId => Terms.PositionId;
    public string Symbol => Terms.Symbol;
}
