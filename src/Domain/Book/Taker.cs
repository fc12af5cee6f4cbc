using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

/// <summary>An incoming order while it walks: what it still wants, and why it stopped.</summary>
public struct Taker
{
    public Taker(long id, long account, Side side, long lots, SelfTradePrevention prevention = SelfTradePrevention.None)
    {
        Id = id;
        Account = account;
        Side = side;
        Lots = lots;
        Prevention = prevention;
    }

    public long Id { get; }
    public long Account { get; }
    public Side Side { get; }
    public SelfTradePrevention Prevention { get; }

    /// <summary>Lots still wanted.</summary>
    public long Lots { get; private set; }
    public long Filled { get; private set; }

    /// <summary>Lots lost to the decrementing kind of self-trade prevention.</summary>
    public long Prevented { get; private set; }

    public bool HasBudget { get; private init; }

    /// <summary>
    /// Ticks times lots still to spend or, for a seller, to earn. Either way a price is taken only for whole lots that
    /// stay within it.
    /// </summary>
    public Int128 Budget { get; private set; }

    /// <summary>None while it may go on; otherwise it is over, whatever liquidity there is.</summary>
    public Reason Stopped { get; private set; }

    public readonly bool Walks => Lots > 0 && Stopped == Reason.None;

    /// <summary>A limit price that every price of the other side satisfies.</summary>
    public static long AnyPrice(Side side) => side == Side.Buy ? long.MaxValue : 0;

    public readonly Taker WithBudget(Int128 budget) => this with { HasBudget = true, Budget = budget };

    public readonly Taker WithPrevention(SelfTradePrevention prevention) =>
        new(Id, Account, Side, Lots, prevention) { HasBudget = HasBudget, Budget = Budget };

    public readonly bool MustNotMeet(long account) => Prevention != SelfTradePrevention.None && account == Account;

    /// <summary>How much of the offered lots it takes at a price. Nothing means that its budget is spent.</summary>
    public long Want(long price, long offered)
    {
        var lots = Math.Min(Lots, offered);
        if (!HasBudget)
            return lots;
        lots = (long)Int128.Min(lots, Budget / price);
        if (lots == 0)
            Stopped = Reason.BudgetSpent;
        return lots;
    }

    public void Fill(long price, long lots)
    {
        Lots -= lots;
        Filled += lots;
        if (HasBudget)
            Spend(price, lots);
    }

    public void Decrement(long price, long lots)
    {
        Lots -= lots;
        Prevented += lots;
        if (HasBudget)
            Spend(price, lots);
        if (Lots == 0 || (HasBudget && Budget < price))
            Stopped = Reason.SelfTrade;
    }

    public void ExpireBySelfTrade() => Stopped = Reason.SelfTrade;

    private void Spend(long price, long lots)
    {
        Budget -= (Int128)price * lots;
        if (Budget == 0)
            Stopped = Reason.BudgetSpent;
    }
}
