using Exchange.Domain.Events;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>An order that waits for its price. A trailing one is active once it follows.</summary>
public sealed class ConditionalOrder(ConditionalArmed armed)
{
    public ConditionalArmed Armed { get; } = armed;
    public bool IsTrailing => Armed.TrailingBps > 0;
    public bool IsActive { get; internal set; } = armed.AnchorTicks > 0;
    public TriggerDirection Direction => Armed.Type.Direction(Armed.Side);
}
