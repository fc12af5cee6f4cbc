using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Crashes;

/// <summary>An order as its sender remembers it.</summary>
internal sealed class SentOrder(Trader trader, NewOrder order)
{
    public Trader Trader { get; } = trader;
    public NewOrder Order { get; } = order;

    /// <summary>The exchange's last word on it, or null where none arrived.</summary>
    public Order? Acknowledged { get; set; }
    public bool Refused { get; set; }

    /// <summary>Refused because a silo died on its way.</summary>
    public bool Lost { get; set; }

    public override string ToString() =>
        $"{Order.ClientOrderId} of {Trader.Email} ({Order.Type} {Order.Side} {Order.Quantity} {Order.Market} at {Order.Price})";
}
