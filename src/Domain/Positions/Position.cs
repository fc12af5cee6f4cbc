using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Positions;

/// <summary>One position as its symbol knows it. Only events change it.</summary>
public sealed class Position
{
    private readonly HashSet<long> _marginRequests = [];

    internal Position(PositionOpened opened, long atMs)
    {
        Opened = opened;
        OpenedAtMs = atMs;
        Lots = opened.Lots;
        EntryNotional = opened.EntryNotional;
        Margin = opened.Margin;
        TotalFees = opened.EntryFee;
        Levels = opened.Levels;
    }

    /// <summary>How it began. Lots, margin and levels are those of the beginning.</summary>
    public PositionOpened Opened { get; }
    public long OpenedAtMs { get; }
    public PositionState State { get; private set; }
    public long Lots { get; private set; }
    public decimal EntryNotional { get; private set; }
    public decimal Margin { get; private set; }
    public PositionLevels Levels { get; private set; }

    /// <summary>Why it is closing; without meaning while it is open.</summary>
    public CloseCause Cause { get; private set; }

    /// <summary>The level that closes it and the price that reached it; zero where neither did.</summary>
    public long CauseLevelTicks { get; private set; }
    public long CausePriceTicks { get; private set; }

    /// <summary>What a closing position found another side for so far.</summary>
    public long UnwoundLots { get; private set; }
    public decimal UnwoundNotional { get; private set; }
    public decimal TotalProfit { get; private set; }
    public decimal TotalFees { get; private set; }
    public decimal TotalFunding { get; private set; }
    public decimal TotalPayout { get; private set; }

    public long Id => Opened.PositionId;
    public long Account => Opened.Account;
    public PositionSide Side => Opened.Side;
    public Side ExitSide => Side.ExitSide();
    public Leverage Leverage => new(Opened.LeverageTenths);
    public IReadOnlyCollection<long> MarginRequests => _marginRequests;

    /// <summary>Its place among those that are closing.</summary>
    internal long ClosingNumber { get; set; }

    public bool KnowsMarginRequest(long requestId) => _marginRequests.Contains(requestId);

    public long LiquidationTicks(Market market) =>
        PositionMath.LiquidationTicks(market, Side, Lots, EntryNotional, Margin, Opened.MaintenanceBps);

    public decimal LiquidationPrice(Market market) =>
        PositionMath.LiquidationPrice(market, Side, Lots, EntryNotional, Margin, Opened.MaintenanceBps);

    public decimal UnrealisedProfit(Market market, long markTicks) =>
        PositionMath.Profit(Side, EntryNotional, market.NotionalOf(markTicks, Lots));

    internal Exit ExitOf(Market market, long lots, decimal exitNotional) =>
        PositionMath.ExitOf(market, Side, Lots, EntryNotional, Margin, lots, exitNotional, Opened.ExitFeeBps);

    internal void Apply(PositionChanged e) => Levels = e.Levels;

    internal void Apply(MarginAdded e)
    {
        if (!_marginRequests.Add(e.RequestId) || e.Amount <= 0)
            throw new InvalidOperationException($"Position {Id} cannot take {e.Amount} of request {e.RequestId}.");
        Margin += e.Amount;
    }

    internal void Apply(FundingPaid e)
    {
        if (e.Amount > Margin)
            throw new InvalidOperationException($"Position {Id} cannot pay {e.Amount} out of {Margin}.");
        Margin -= e.Amount;
        TotalFunding += e.Amount;
    }

    internal void Apply(PositionClosing e)
    {
        if (State != PositionState.Open)
            throw new InvalidOperationException($"Position {Id} is closing already.");
        State = PositionState.Closing;
        Cause = e.Cause;
        CauseLevelTicks = e.LevelTicks;
        CausePriceTicks = e.PriceTicks;
    }

    internal void Apply(PositionUnwound e)
    {
        if (State != PositionState.Closing || e.Lots <= 0 || UnwoundLots + e.Lots >= Lots)
            throw new InvalidOperationException($"Position {Id} cannot unwind {e.Lots} of {Lots} lots.");
        UnwoundLots += e.Lots;
        UnwoundNotional += e.ExitNotional;
    }

    internal void Apply(PositionReduced e)
    {
        var exit = e.Exit;
        if (State != PositionState.Open || exit.Lots <= 0 || exit.Lots >= Lots)
            throw new InvalidOperationException($"Position {Id} cannot be reduced by {exit.Lots} of {Lots} lots.");
        Lots -= exit.Lots;
        EntryNotional -= exit.EntryNotional;
        Margin -= exit.MarginReleased;
        AddTotals(exit);
    }

    internal void Apply(PositionClosed e)
    {
        var exit = e.Exit;
        if (exit.Lots != Lots || exit.MarginReleased != Margin)
            throw new InvalidOperationException($"Position {Id} closes {exit.Lots} of {Lots} lots and {exit.MarginReleased} of {Margin}.");
        State = PositionState.Closed;
        Lots = 0;
        EntryNotional = Margin = 0;
        AddTotals(exit);
    }

    internal void Restore(PositionParts parts)
    {
        State = parts.State;
        Cause = parts.Cause;
        CauseLevelTicks = parts.CauseLevelTicks;
        CausePriceTicks = parts.CausePriceTicks;
        Lots = parts.Lots;
        EntryNotional = parts.EntryNotional;
        Margin = parts.Margin;
        UnwoundLots = parts.UnwoundLots;
        UnwoundNotional = parts.UnwoundNotional;
        TotalProfit = parts.TotalProfit;
        TotalFees = parts.TotalFees;
        TotalFunding = parts.TotalFunding;
        TotalPayout = parts.TotalPayout;
        _marginRequests.UnionWith(parts.MarginRequests);
    }

    private void AddTotals(in Exit exit)
    {
        TotalProfit += exit.Profit;
        TotalFees += exit.Fee;
        TotalPayout += exit.Payout;
    }
}
