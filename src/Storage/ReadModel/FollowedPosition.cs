using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;

namespace Exchange.Storage.ReadModel;

/// <summary>A position as its symbol's events tell it, about to be written.</summary>
internal sealed class FollowedPosition
{
    public required long Id { get; init; }
    public long Account { get; set; }
    public int Market { get; set; }
    public string ClientPositionId { get; set; } = "";
    public PositionSide Side { get; set; }
    public int LeverageTenths { get; set; }

    /// <summary>0 until it is known how it opened; such a row is not shown yet.</summary>
    public long OpenedMs { get; set; }

    public long Lots { get; set; }
    public decimal EntryNotional { get; set; }
    public decimal MarginPut { get; set; }
    public int MaintenanceBps { get; set; }
    public decimal StopLoss { get; set; }
    public decimal TakeProfit { get; set; }
    public long LotsLeft { get; set; }
    public decimal NotionalLeft { get; set; }
    public decimal MarginLeft { get; set; }
    public decimal LiquidationPrice { get; set; }
    public PositionState State { get; set; }
    public CloseCause Cause { get; set; }
    public decimal LevelPrice { get; set; }
    public decimal ReachedPrice { get; set; }
    public decimal ExitNotional { get; set; }
    public decimal Profit { get; set; }
    public decimal Fees { get; set; }
    public decimal EntryFee { get; set; }
    public decimal Funding { get; set; }
    public decimal Payout { get; set; }
    public long ClosedMs { get; set; }

    /// <summary>Its owner's account has booked its end.</summary>
    public bool IsSettled { get; set; }

    public bool IsChanged { get; set; }

    public void Apply(Market market, PositionOpened e, long atMs)
    {
        ClientPositionId = e.ClientPositionId;
        Side = e.Side;
        LeverageTenths = e.LeverageTenths;
        OpenedMs = atMs;
        Lots = LotsLeft = e.Lots;
        EntryNotional = NotionalLeft = e.EntryNotional;
        MarginPut = MarginLeft = e.Margin;
        MaintenanceBps = e.MaintenanceBps;
        EntryFee = Fees = e.EntryFee;
        (StopLoss, TakeProfit) = (market.PriceOf(e.Levels.StopLossTicks), market.PriceOf(e.Levels.TakeProfitTicks));
        Revalue(market);
    }

    public void Apply(Market market, PositionChanged e) =>
        (StopLoss, TakeProfit) = (market.PriceOf(e.Levels.StopLossTicks), market.PriceOf(e.Levels.TakeProfitTicks));

    public void Apply(Market market, MarginAdded e)
    {
        MarginPut += e.Amount;
        MarginLeft += e.Amount;
        Revalue(market);
    }

    public void Apply(Market market, FundingPaid e)
    {
        Funding += e.Amount;
        MarginLeft -= e.Amount;
        Revalue(market);
    }

    public void Apply(Market market, PositionClosing e)
    {
        State = PositionState.Closing;
        Cause = e.Cause;
        (LevelPrice, ReachedPrice) = (market.PriceOf(e.LevelTicks), market.PriceOf(e.PriceTicks));
    }

    public void Apply(Market market, PositionReduced e)
    {
        LotsLeft -= e.Exit.Lots;
        NotionalLeft -= e.Exit.EntryNotional;
        MarginLeft -= e.Exit.MarginReleased;
        Add(e.Exit);
        Revalue(market);
    }

    public void Apply(PositionClosed e, long atMs)
    {
        State = PositionState.Closed;
        Cause = e.Cause;
        LotsLeft = 0;
        NotionalLeft = MarginLeft = 0;
        Add(e.Exit);
        ClosedMs = atMs;
    }

    private void Add(in Exit exit)
    {
        ExitNotional += exit.ExitNotional;
        Profit += exit.Profit;
        Fees += exit.Fee;
        Payout += exit.Payout;
    }

    /// <summary>The last one stays when it closes: it is part of how it ended.</summary>
    private void Revalue(Market market) =>
        LiquidationPrice = PositionMath.LiquidationPrice(market, Side, LotsLeft, NotionalLeft, MarginLeft, MaintenanceBps);
}
