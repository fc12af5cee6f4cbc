using Exchange.Domain.Events;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Symbols;

/// <summary>What the market gave for a position. It is cut short where it gave less than was asked for.</summary>
internal readonly record struct HouseFill(MarketFill Fill, bool IsCutShort);

/// <summary>
/// Positions in a symbol's records: what owners ask and what ticks do meets the market at once, in the same record.
/// To be called between the order desk's Begin and End.
/// </summary>
public sealed class PositionTrading
{
    private readonly SymbolState _state;
    private readonly OrderDesk _orders;
    private readonly PositionDesk _positions;
    private readonly TickDesk _ticks;

    public PositionTrading(SymbolState state, OrderDesk orders, CfdTerms terms)
    {
        _state = state;
        _orders = orders;
        _positions = new PositionDesk(state.Positions, terms, orders.Emit);
        Conditionals = new ConditionalTrading(state, orders);
        _ticks = new TickDesk(state.Positions, Conditionals.Take);
    }

    public ConditionalTrading Conditionals { get; }

    public CfdTerms Terms
    {
        get => _positions.Terms;
        set => _positions.Terms = value;
    }

    /// <summary>A refusal is journaled as the end of the request, which lets its owner's hold go.</summary>
    public Reason Open(OpenPosition request, in Quotes quotes, VenueOffer venue, long nowMs)
    {
        request = request with { Levels = Terms.WithLifetime(request.Levels, nowMs) };
        var reason = _positions.CheckOpen(request, quotes, nowMs);
        if (reason == Reason.None)
        {
            var taken = _orders.TakeForHouse(_positions.EntryOrder(request, quotes), venue);
            reason = _positions.Open(request, taken.Fill, taken.IsCutShort, quotes);
        }

        if (reason != Reason.None)
            _orders.Refuse(request.Account, request.PositionId, reason);
        return reason;
    }

    public Reason Change(long account, long positionId, in PositionLevels levels, in Quotes quotes, long nowMs, string requestId = "") =>
        _positions.Change(account, positionId, levels, quotes, nowMs, requestId);

    /// <summary>Refused like an opening.</summary>
    public Reason AddMargin(long account, long positionId, long requestId, decimal amount)
    {
        var reason = _positions.AddMargin(account, positionId, requestId, amount);
        if (reason != Reason.None)
            _orders.Refuse(account, requestId, reason);
        return reason;
    }

    /// <summary>Whether the owner has asked for this close before, and what came of it.</summary>
    public Reason ClosedBefore(long account, long positionId, long lots, string requestId, out DomainEvent? exit) =>
        _positions.ClosedBefore(account, positionId, lots, requestId, out exit);

    /// <summary>Without lots all of it.</summary>
    public Reason Close(long account, long positionId, long lots, in Quotes quotes, VenueOffer venue, string requestId = "")
    {
        var reason = _positions.CheckClose(account, positionId, lots);
        return reason == Reason.None ? Exit(positionId, lots, quotes, venue, requestId) : reason;
    }

    /// <summary>
    /// What has to close does, as far as there is another side; the rest is tried again with the next tick. Then orders whose
    /// price was reached go to the market, in the order in which it was.
    /// </summary>
    public void Tick(in MarketTick tick, in Quotes quotes, VenueOffer venue, long nowMs)
    {
        _ticks.Tick(tick, nowMs);
        if (_state.Positions.Closing.Count > 0)
        {
            foreach (var position in _state.Positions.Closing.ToArray())
                Exit(position.Id, 0, quotes, venue);
        }

        Conditionals.ExecuteFired(quotes, venue);
    }

    public void PayFunding(long nowMs, long markTicks) => _positions.PayFunding(nowMs, markTicks);

    public void FlushTrailing() => _positions.FlushTrailing();

    private Reason Exit(long positionId, long lots, in Quotes quotes, VenueOffer venue, string requestId = "")
    {
        if (!_state.Positions.TryGet(positionId, out var position))
            return Reason.UnknownPosition;
        var taken = _orders.TakeForHouse(_positions.ExitOrder(position, lots, quotes), venue);
        return _positions.Exited(positionId, taken.Fill, requestId.Length > 0 ? lots : 0, requestId);
    }
}
