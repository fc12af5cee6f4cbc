using Exchange.Domain.Orders;

namespace Exchange.Domain.Matching;

/// <summary>
/// How an order came out of matching. Remaining lots rest in the book when the status is New or PartiallyFilled and are
/// gone otherwise; an order by budget alone never has any. Prevented lots were lost to self-trade prevention.
/// A reason other than None says why the order did not get all it asked for.
/// </summary>
public readonly record struct Outcome(OrderStatus Status, Reason Reason, long Filled, long Remaining, long Prevented = 0);
