using Exchange.Domain;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>Pairs of orders and what waits for a price: the same protocol as for single orders.</summary>
public sealed partial class SymbolGrain : ISymbolConditionals
{
    public async Task<SubmitPairReply> SubmitPair(SubmitPair pair)
    {
        await FirstDepth();
        Asked();
        if (_orders.KnownReply(pair.Profit, Sequence) is null || _orders.KnownReply(pair.Stop, Sequence) is null)
        {
            _state.Orders.RaiseFloor(pair.Profit.Account, pair.Profit.Floor, NowMs);
            await Decide(() => _orders.SubmitPair(pair, Refusal(pair.Stop) is var refusal and not Reason.None ? refusal : Refusal(pair.Profit)));
        }

        await WhenDurable();
        return new SubmitPairReply(_orders.KnownReply(pair.Profit, Sequence)!, _orders.KnownReply(pair.Stop, Sequence)!);
    }

    public async Task<ArmedOrdersView> GetArmed(ArmedRequest request)
    {
        Asked();
        var armed = _orders.Armed(request);
        await WhenDurable();
        return armed;
    }
}
