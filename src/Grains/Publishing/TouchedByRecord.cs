using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Streams;

namespace Exchange.Grains.Publishing;

/// <summary>The orders, fills and assets that one record of an account is about.</summary>
internal sealed class TouchedByRecord(IMarketCatalog catalog)
{
    public SortedSet<long> Orders { get; } = [];
    public SortedSet<string> Assets { get; } = new(StringComparer.Ordinal);
    public List<OwnFill> Fills { get; } = [];
    public List<OwnPosition> Positions { get; } = [];

    public void Add(DomainEvent happened)
    {
        switch (happened)
        {
            case FundsDeposited deposited:
                Assets.Add(deposited.Asset);
                break;
            case BalanceAdjusted adjusted:
                Assets.Add(adjusted.Asset);
                break;
            case FundsWithdrawn withdrawn:
                Assets.Add(withdrawn.Asset);
                break;
            case OrderPlaced placed:
                Touch(placed.OrderId, placed.Symbol);
                break;
            case FillSettled fill when fill.OrderId != 0:
                Touch(fill.OrderId, fill.Symbol);
                Fills.Add(ToFill(fill.Symbol, fill.TradeId, fill.OrderId, fill.BaseChange, fill.QuoteChange, fill.FeeAsset, fill.Fee));
                break;
            case LateFillSettled fill:
                Touch(fill.OrderId, fill.Symbol);
                Fills.Add(ToFill(fill.Symbol, fill.TradeId, fill.OrderId, fill.BaseChange, fill.QuoteChange, fill.FeeAsset, fill.Fee));
                break;
            case OrderTriggered triggered:
                Touch(triggered.OrderId, triggered.Symbol);
                break;
            case OrderReduced reduced:
                Touch(reduced.OrderId, reduced.Symbol);
                break;
            case OrderEnded ended:
                Touch(ended.OrderId, ended.Symbol);
                break;
            case PositionRequested requested:
                Assets.Add(requested.HeldAsset);
                break;
            case MarginRequested requested:
                Assets.Add(requested.HeldAsset);
                break;
            case PositionSettled settled:
                Assets.Add(settled.Asset);
                Positions.Add(ToPosition(settled));
                break;
            case PositionLeft left:
                Positions[^1] = Positions[^1] with { Exit = ToExit(left) };
                break;
        }
    }

    private static OwnPosition ToPosition(PositionSettled e) => new(
        (PositionNews)e.Kind, e.PositionId, e.Symbol, e.Asset, e.MarginChange, e.Payout, e.Cause, null);

    private static OwnExit ToExit(PositionLeft e) => new(
        e.Side, e.Quantity, e.EntryPrice, e.ExitPrice, e.Profit, e.Fee, e.Result, e.LevelPrice, e.ReachedPrice);

    private void Touch(long orderId, string symbol)
    {
        Orders.Add(orderId);
        if (!catalog.TryGet(symbol, out var market))
            return;
        Assets.Add(market.Base);
        Assets.Add(market.Quote);
    }

    /// <summary>Changes are net of the fee; the fill itself is what they were before it.</summary>
    private static OwnFill ToFill(
        string symbol, long tradeId, long orderId, decimal baseChange, decimal quoteChange, string feeAsset, decimal fee)
    {
        var isBuy = quoteChange < 0;
        var quantity = isBuy ? baseChange + fee : -baseChange;
        var quote = isBuy ? -quoteChange : quoteChange + fee;
        return new OwnFill(symbol, tradeId, orderId, isBuy ? Side.Buy : Side.Sell, quote / quantity, quantity, fee, feeAsset);
    }
}
