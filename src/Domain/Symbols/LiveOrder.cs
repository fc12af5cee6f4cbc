using Exchange.Domain.Events;

namespace Exchange.Domain.Symbols;

/// <summary>An accepted order that is not done, with what it has filled so far.</summary>
public sealed class LiveOrder(OrderAccepted order)
{
    public OrderAccepted Order { get; } = order;
    public long FilledLots { get; private set; }
    public decimal FilledQuote { get; private set; }

    public void Fill(long lots, decimal quote)
    {
        FilledLots += lots;
        FilledQuote += quote;
    }
}
