using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>An order that holds money: its terms, and how far it has come.</summary>
public sealed class OpenOrder
{
    internal OpenOrder(OrderPlaced terms, long placedAtMs)
    {
        Terms = terms;
        PlacedAtMs = UpdatedAtMs = placedAtMs;
        Held = terms.Held;
        Fingerprint = RequestFingerprint.Of(terms);
    }

    public OrderPlaced Terms { get; }
    public long PlacedAtMs { get; }
    public long UpdatedAtMs { get; internal set; }
    public decimal Held { get; internal set; }
    public decimal FilledBase { get; internal set; }
    public decimal FilledQuote { get; internal set; }

    /// <summary>In the asset that the order buys.</summary>
    public decimal Fee { get; internal set; }

    /// <summary>Taken off by self-trade prevention, without a trade.</summary>
    public decimal ReducedBy { get; internal set; }

    /// <summary>When a conditional order's price was reached; zero while it waits.</summary>
    public long TriggeredAtMs { get; internal set; }

    /// <summary>Waits for its price.</summary>
    public bool IsArmed => Terms.Type.IsConditional() && TriggeredAtMs == 0;

    public long OrderId => Terms.OrderId;
    public string Symbol => Terms.Symbol;
    public OrderStatus Status => FilledBase > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New;

    internal ulong Fingerprint { get; }
    internal KnownOrder Known => new(OrderId, Terms.ClientOrderId, Status, Reason.None);
}
