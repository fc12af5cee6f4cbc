using Exchange.Domain.Positions;
using Exchange.Domain.Tests.Portfolios;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>Positions that wait for their price.</summary>
internal sealed partial class PaperExchange
{
    private void RequestEntry(Owner owner, RealMarket market)
    {
        if (_random.Next(4) == 0 && market.Positions.Entries.Waiting.MinBy(entry => entry.PositionId) is { } oldest)
        {
            market.Cancel(oldest.PositionId);
            return;
        }

        var side = (PositionSide)_random.Next(2);
        var against = side == PositionSide.Long ? -1 : 1;
        var trigger = (long)(market.Middle / market.Market.TickSize) + _random.Next(-30_000, 30_001);
        var levels = new PositionLevels(
            _random.Next(3) == 0 ? trigger + against * _random.Next(3_000, 100_000) : 0,
            _random.Next(3) == 0 ? trigger - against * _random.Next(3_000, 100_000) : 0,
            ExpiresAtMs: _random.Next(3) == 0 ? market.Sequence + _random.Next(1, 60) : 0);
        var request = new OpenPosition(
            0, 0, _random.Next(3) == 0 ? $"e{_random.Next(1, 40)}" : "", side, _random.Next(1, 100_000) / 100m,
            new Leverage(_random.Next(10, 201)), levels);
        TriggerDirection? direction = _random.Next(4) == 0 ? (TriggerDirection)_random.Next(2) : null;
        Requested(owner, owner.Portfolio.RequestPosition(request, market.Market, RealMarket.Terms, new EntryTrigger(trigger, direction)));
    }
}
