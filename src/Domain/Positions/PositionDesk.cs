using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// Decides what owners ask of positions. A refusal changes nothing; otherwise events go out, each to be applied to the
/// book by whoever takes it before the next one comes.
/// </summary>
public sealed class PositionDesk(PositionBook book, CfdTerms terms, Action<DomainEvent> emit)
{
    public CfdTerms Terms { get; set; } = terms;

    private Market Market => book.Market;

    /// <summary>Everything that can be said before the market is asked.</summary>
    public Reason CheckOpen(OpenPosition request, in Quotes quotes, long nowMs)
    {
        if (!request.Leverage.IsWithin(Market.MaxLeverage)
            || (long)request.Leverage.Tenths * Terms.MaintenanceBps >= (long)Fees.BasisPoints * Leverage.Scale)
            return Reason.InvalidLeverage;
        if (request.Margin <= 0 || !request.Margin.IsWholeAt(Market.QuotePrecision))
            return Reason.InvalidAmount;
        var price = quotes.At(request.Side.EntrySide());
        if (quotes.Mark <= 0 || price <= 0)
            return Reason.NoLiquidity;
        if (!IsWithin(EntryOrder(request, quotes), price))
            return Reason.SlippageTooLarge;

        var lots = PositionMath.LotsFor(Market, request.Margin, request.Leverage, price);
        if (request.Margin < Terms.MarginMin || lots < Market.MinLots || Market.NotionalOf(price, lots) < Market.MinNotional)
            return Reason.MarginTooSmall;
        if (lots > Market.MaxMarketLots)
            return Reason.FilterLotSize;
        var liquidation = PositionMath.LiquidationTicks(
            Market, request.Side, lots, Market.NotionalOf(price, lots), request.Margin, Terms.MaintenanceBps);
        return request.Levels.Check(Market, request.Side, default, quotes, liquidation, nowMs, Terms.LifetimeMaxMs);
    }

    public MarketOrder EntryOrder(OpenPosition request, in Quotes quotes)
    {
        var side = request.Side.EntrySide();
        return new MarketOrder(
            side, 0, PositionMath.Budget(Market, request.Margin, request.Leverage),
            PositionMath.ProtectionTicks(Market, side, quotes.Mark, Terms.SlippageBps));
    }

    /// <param name="isCutShort">The market gave less than the order asked for: then only the margin this needs stays in it.</param>
    public Reason Open(OpenPosition request, in MarketFill fill, bool isCutShort, in Quotes quotes)
    {
        if (fill.Lots <= 0)
            return Reason.SlippageTooLarge;
        FlushTrailing();
        var levels = request.Levels;
        emit(new PositionOpened(
            request.PositionId,
            request.Account,
            request.ClientPositionId,
            request.Side,
            fill.Lots,
            fill.Notional,
            PositionMath.MarginUsed(Market, request.Margin, request.Leverage, fill.Notional, isCutShort),
            request.Leverage.Tenths,
            Math.Min(request.FeeMax, PositionMath.Fee(Market, fill.Notional, Terms.EntryFeeBps)),
            Terms.MaintenanceBps,
            Terms.ExitFeeBps,
            levels,
            levels.TrailUnit == TrailUnit.None ? 0 : quotes.At(request.Side.ExitSide())));
        return Reason.None;
    }

    /// <summary>Sets all levels at once. A trailing stop whose distance is the same goes on following.</summary>
    public Reason Change(long account, long positionId, in PositionLevels levels, in Quotes quotes, long nowMs, string requestId = "")
    {
        if (book.Requests.TryGet(account, requestId, out var answered))
            return answered is PositionChanged same && same.PositionId == positionId && same.Levels == levels
                ? Reason.None
                : Reason.DuplicateRequest;
        var reason = Find(account, positionId, out var position);
        if (reason != Reason.None)
            return reason;
        var before = position.Levels;
        reason = levels.Check(
            Market, position.Side, before, quotes, position.LiquidationTicks(Market), nowMs, Terms.LifetimeMaxMs);
        if (reason != Reason.None || (levels == before && requestId.Length == 0))
            return reason;

        var anchor = levels.HasSameTrail(before) || levels.TrailUnit == TrailUnit.None ? 0 : quotes.At(position.ExitSide);
        if (anchor > 0)
            FlushTrailing();
        emit(new PositionChanged(positionId, account, levels, anchor, requestId));
        return Reason.None;
    }

    /// <summary>The same request again changes nothing and is no error.</summary>
    public Reason AddMargin(long account, long positionId, long requestId, decimal amount)
    {
        var reason = Find(account, positionId, out var position);
        if (reason != Reason.None || position.KnowsMarginRequest(requestId))
            return reason;
        if (amount <= 0 || !amount.IsWholeAt(Market.QuotePrecision))
            return Reason.InvalidAmount;
        emit(new MarginAdded(positionId, account, requestId, amount));
        return Reason.None;
    }

    /// <summary>What a close under this id came to before; a reason where the id stood for something else.</summary>
    public Reason ClosedBefore(long account, long positionId, long lots, string requestId, out DomainEvent? exit)
    {
        if (!book.Requests.TryGet(account, requestId, out exit))
            return Reason.None;
        var isSame = exit is PositionReduced reduced && (reduced.PositionId, reduced.AskedLots) == (positionId, lots)
            || exit is PositionClosed closed && (closed.PositionId, closed.AskedLots) == (positionId, lots);
        return isSame ? Reason.None : Reason.DuplicateRequest;
    }

    /// <summary>Whether the owner may close so many lots; zero is all of them. Not so few that the rest could not be closed.</summary>
    public Reason CheckClose(long account, long positionId, long lots)
    {
        var reason = Find(account, positionId, out var position);
        if (reason != Reason.None)
            return reason;
        var left = lots == 0 ? 0 : position.Lots - lots;
        return lots < 0 || left < 0 || (left > 0 && (left < Market.MinLots || lots < Market.MinLots))
            ? Reason.InvalidQuantity
            : Reason.None;
    }

    /// <summary>An owner's exit keeps to the protection; one that has been decided takes whatever price there is.</summary>
    public MarketOrder ExitOrder(Position position, long lots, in Quotes quotes) => position.State == PositionState.Closing
        ? new MarketOrder(position.ExitSide, position.Lots - position.UnwoundLots, 0, 0)
        : new MarketOrder(
            position.ExitSide, lots == 0 ? position.Lots : lots, 0,
            quotes.Mark <= 0 ? 0 : PositionMath.ProtectionTicks(Market, position.ExitSide, quotes.Mark, Terms.SlippageBps));

    /// <summary>What the market took of an exit order. Nothing at all is the owner's to hear and ours to try again.</summary>
    public Reason Exited(long positionId, in MarketFill fill, long askedLots = 0, string requestId = "")
    {
        if (!book.TryGet(positionId, out var position))
            return Reason.UnknownPosition;
        if (fill.Lots <= 0)
            return position.State == PositionState.Closing ? Reason.NoLiquidity : Reason.SlippageTooLarge;
        var lots = position.UnwoundLots + fill.Lots;
        if (lots == position.Lots)
            EmitClosed(position, position.UnwoundNotional + fill.Notional, askedLots, requestId);
        else if (position.State == PositionState.Closing)
            emit(new PositionUnwound(positionId, position.Account, fill.Lots, fill.Notional));
        else
            EmitReduced(position, fill, askedLots, requestId);
        return Reason.None;
    }

    /// <summary>The exchange closes a position of its own accord.</summary>
    public Reason CloseByOperator(long positionId)
    {
        if (!book.TryGet(positionId, out var position))
            return Reason.UnknownPosition;
        if (position.State == PositionState.Closing)
            return Reason.PositionClosing;
        emit(new PositionClosing(positionId, position.Account, CloseCause.Operator, 0, 0));
        return Reason.None;
    }

    /// <summary>
    /// Holds the last funding round that fell due, once. Rounds that nobody was there for are not held later, and a position
    /// takes part in those that fell due after it was opened.
    /// </summary>
    public void PayFunding(long nowMs, long markTicks)
    {
        var due = Terms.FundingDueMs(nowMs);
        if (markTicks <= 0 || due <= book.LastFundingDueMs || Terms.FundingRate == 0)
            return;
        var payers = book.Positions
            .Where(position => position.State == PositionState.Open && position.OpenedAtMs < due)
            .OrderBy(position => position.Id)
            .ToList();
        if (payers.Count == 0)
            return;

        emit(new FundingFixed(due, markTicks, Terms.FundingRate));
        foreach (var position in payers)
        {
            var amount = PositionMath.Funding(Market, position.Side, position.Lots, position.Margin, markTicks, Terms.FundingRate);
            if (amount != 0)
                emit(new FundingPaid(position.Id, position.Account, amount));
        }
    }

    /// <summary>
    /// Journals how far trailing stops have followed, if they have. To be called with every record that is written anyway,
    /// and about once a second: what is not journaled is lost in a crash, and the stops are then that much farther away.
    /// </summary>
    public void FlushTrailing()
    {
        if (book.Watches.TakeAdvance() is { } advance)
            emit(advance);
    }

    private static bool IsWithin(in MarketOrder order, long price) =>
        order.Side == Side.Buy ? price <= order.ProtectionTicks : price >= order.ProtectionTicks;

    private Reason Find(long account, long positionId, out Position position)
    {
        if (!book.TryGet(positionId, out position!) || position.Account != account)
            return WhyNotOpen(account, positionId);
        return position.State == PositionState.Closing ? Reason.PositionClosing : Reason.None;
    }

    private Reason WhyNotOpen(long account, long positionId)
    {
        if (book.Entries.IsWaiting(account, positionId))
            return Reason.PositionWaiting;
        return book.HasClosed(positionId, account) ? Reason.PositionAlreadyClosed : Reason.UnknownPosition;
    }

    private void EmitReduced(Position position, in MarketFill fill, long askedLots, string requestId)
    {
        var exit = position.ExitOf(Market, fill.Lots, fill.Notional);
        emit(new PositionReduced(position.Id, position.Account, exit, requestId, askedLots));
    }

    private void EmitClosed(Position position, decimal exitNotional, long askedLots, string requestId)
    {
        var exit = position.ExitOf(Market, position.Lots, exitNotional);
        emit(new PositionClosed(
            position.Id, position.Account, position.State == PositionState.Closing ? position.Cause : CloseCause.User,
            exit, position.TotalProfit + exit.Profit, position.TotalFees + exit.Fee, position.TotalFunding, position.TotalPayout + exit.Payout,
            position.CauseLevelTicks, position.CausePriceTicks, requestId, askedLots));
    }
}
