using Exchange.Domain;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>Positions of this symbol: the same protocol as for orders, around the position book.</summary>
public sealed partial class SymbolGrain : ISymbolPositions
{
    public async Task<PositionReply> OpenPosition(OpenAtSymbol open)
    {
        await FirstDepth();
        Asked();
        var reply = await DecideOnce(open.Account, open.PositionId, open.PositionId, open.Floor, () =>
            _positions.Open(open, OwesTooMuch(open.Account) ? Reason.Overloaded : _positions.Refusal));
        return reply;
    }

    public Task<PositionReply> AddMargin(AddMarginAtSymbol margin)
    {
        Asked();
        return DecideOnce(margin.Account, margin.RequestId, margin.PositionId, margin.Floor, () => _positions.AddMargin(margin));
    }

    public async Task<PositionReply> ChangePosition(ChangeAtSymbol change)
    {
        Asked();
        if (!TakesChanges)
            return new PositionReply(Reason.Overloaded, 0, _positions.View(change.PositionId), null);
        var reason = Reason.None;
        await Decide(() => reason = _positions.Change(change));
        await WhenDurable();
        return new PositionReply(reason, 0, _positions.View(change.PositionId), null);
    }

    public async Task<PositionReply> ClosePosition(CloseAtSymbol close)
    {
        await FirstDepth();
        Asked();
        if (!TakesChanges)
            return new PositionReply(Reason.Overloaded, 0, _positions.View(close.PositionId), null);
        var reason = Reason.None;
        var sequence = Sequence + 1;
        ExitView? before = null;
        var events = await Decide(() => reason = _positions.Close(close, out before));
        await WhenDurable();
        var exit = _positions.ExitOf(close.PositionId, events);
        return new PositionReply(reason, exit is null ? 0 : sequence, _positions.View(close.PositionId), exit ?? before);
    }

    public async Task<PositionsView> GetPositions(long account)
    {
        Asked();
        var views = new PositionsView(_positions.ViewsOf(account));
        await WhenDurable();
        return views;
    }
}
