using Exchange.Domain;
using Exchange.Domain.Orders;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// An order while events are applied to it. Its portfolio's stream describes it, its symbol's stream decides it, and the
/// two may be followed in any order: the outcome is the same.
/// </summary>
internal sealed class OrderState
{
    public required long Id { get; init; }
    public long Account { get; set; }
    public int Market { get; set; }
    public string ClientOrderId { get; set; } = "";
    public Side Side { get; set; }
    public OrderType Type { get; set; }
    public TimeInForce TimeInForce { get; set; }
    public decimal Price { get; set; }
    public decimal Quantity { get; set; }
    public decimal QuoteAmount { get; set; }
    public decimal IcebergQuantity { get; set; }
    public SelfTradePrevention SelfTrade { get; set; }

    public decimal StopPrice { get; set; }
    public int TrailingBps { get; set; }
    public long PairId { get; set; }
    public string ClientListId { get; set; } = "";

    /// <summary>When the price was reached that a conditional order waited for.</summary>
    public long TriggeredMs { get; set; }

    /// <summary>0 until the portfolio's description has been seen; such a row is not shown yet.</summary>
    public long PlacedMs { get; set; }

    public OrderStatus Status { get; set; }
    public Reason Reason { get; set; }
    public decimal Filled { get; set; }
    public decimal FilledQuote { get; set; }
    public long UpdatedMs { get; set; }

    /// <summary>The symbol has said how it ended, so the portfolio's word does not count any more.</summary>
    public bool IsDecided { get; set; }

    /// <summary>The portfolio knows that it is over: nobody owes anybody anything about it.</summary>
    public bool IsEnded { get; set; }

    public bool IsStored { get; set; }
    public bool IsChanged { get; set; }
    public bool IsNewlyDescribed { get; set; }

    public void Fill(decimal quantity, decimal quote, long atMs)
    {
        Filled += quantity;
        FilledQuote += quote;
        if (Status == OrderStatus.New)
        {
            Status = OrderStatus.PartiallyFilled;
        }

        Touch(atMs);
    }

    public void Touch(long atMs) => UpdatedMs = Math.Max(UpdatedMs, atMs);
}
