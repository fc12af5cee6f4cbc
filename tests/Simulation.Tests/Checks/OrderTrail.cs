using Exchange.Domain;
using Exchange.Domain.Events;

namespace Exchange.Simulation.Tests.Checks;

/// <summary>What a symbol's journal says about one order, in the order in which it says it.</summary>
public sealed class OrderTrail(long orderId)
{
    private OrderAccepted? _accepted;

    public OrderDone? Done { get; private set; }
    public bool IsBuried { get; private set; }
    public long FilledLots { get; private set; }
    public bool IsAccepted => _accepted is not null;
    public bool IsArmed { get; private set; }
    public bool HasFired { get; private set; }
    public long PairId { get; private set; }

    /// <summary>The symbol has, or has had, the order.</summary>
    public bool HasArrived => IsAccepted || IsArmed || HasFired || Done is { Reason: not Reason.NeverReachedMarket };

    public void Arm(ConditionalArmed armed)
    {
        Arm();
        PairId = armed.PairId;
    }

    /// <summary>A position that waits has a number of the same kind.</summary>
    public void Arm()
    {
        Rule.Holds(
            !IsAccepted && !IsArmed && !HasFired && !IsBuried && Done is null, () => $"Order {orderId} was armed although it was there already.");
        IsArmed = true;
    }

    public void Fire()
    {
        Rule.Holds(IsArmed && Done is null, () => $"Order {orderId} fired but did not wait.");
        IsArmed = false;
        HasFired = true;
    }

    public void Disarm()
    {
        Rule.Holds(IsArmed && Done is null, () => $"Order {orderId} was cancelled but did not wait.");
        IsArmed = false;
    }

    public override string ToString() =>
        $"accepted {_accepted is not null}, buried {IsBuried}, filled {FilledLots}, {(Done is null ? "not done" : $"{Done.Status} {Done.Reason}")}";

    public void Accept(OrderAccepted accepted)
    {
        Rule.Holds(_accepted is null, () => $"Order {orderId} was accepted twice.");
        Rule.Holds(!IsBuried, () => $"Order {orderId} was accepted after its tombstone.");
        Rule.Holds(Done is null, () => $"Order {orderId} was accepted after its end.");
        Rule.Holds(!IsArmed, () => $"Order {orderId} was accepted while it waits for its price.");
        _accepted = accepted;
    }

    public void Fill(long lots)
    {
        Rule.Holds(IsAccepted && Done is null, () => $"Order {orderId} traded while it was not open.");
        FilledLots += lots;
        Rule.Holds(_accepted!.Lots == 0 || FilledLots <= _accepted.Lots, () => $"Order {orderId} filled {FilledLots} of {_accepted.Lots} lots.");
    }

    public void Finish(OrderDone done)
    {
        Rule.Holds(Done is null && !IsBuried, () => $"Order {orderId} ended twice.");
        Rule.Holds(!IsArmed, () => $"Order {orderId} ended while it waits for its price.");
        Rule.Holds(done.FilledLots == FilledLots, () => $"Order {orderId} ended with {done.FilledLots} lots but filled {FilledLots}.");
        Done = done;
    }

    public void Bury()
    {
        Rule.Holds(!IsAccepted && !IsArmed && !HasFired && Done is null, () => $"Order {orderId} got a tombstone although it had arrived.");
        IsBuried = true;
    }
}

public sealed class BrokenRuleException(string message) : Exception(message);

public static class Rule
{
    public static void Holds(bool condition, Func<string> otherwise)
    {
        if (!condition)
            throw new BrokenRuleException(otherwise());
    }
}
