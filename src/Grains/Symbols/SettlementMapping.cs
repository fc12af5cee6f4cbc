using Exchange.Domain.Settlement;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Symbols;

internal static class SettlementMapping
{
    public static SettlementBatch ToBatch(string symbol, IReadOnlyList<SettlementItem> items)
    {
        var entries = new SettlementEntry[items.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = ToEntry(items[i]);
        return new SettlementBatch(symbol, entries);
    }

    public static SettlementItem[] ToItems(SettlementEntry[] entries)
    {
        var items = new SettlementItem[entries.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = ToItem(entries[i]);
        return items;
    }

    public static SettlementEntry ToEntry(SettlementItem item) => new(
        item.Kind,
        item.Sequence,
        item.Index,
        item.OrderId,
        item.TradeId,
        item.Side,
        item.BaseAmount,
        item.QuoteAmount,
        item.Fee,
        item.Status,
        item.Reason,
        item.Move is { } move ? ToMove(move) : null);

    private static SettlementItem ToItem(in SettlementEntry entry) => new(
        entry.Kind,
        entry.Sequence,
        entry.Index,
        entry.OrderId,
        entry.TradeId,
        entry.Side,
        entry.BaseAmount,
        entry.QuoteAmount,
        entry.Fee,
        entry.Status,
        entry.Reason,
        entry.Move is { } move ? ToMove(move) : null);

    private static PositionMoveEntry ToMove(PositionMove move) => new(
        move.Kind, move.PositionId, move.RequestId, move.MarginChange, move.Payout, move.Fee, move.Cause, move.Volume,
        move.Exit is { } e
            ? new(e.Lots, e.EntryNotional, e.ExitNotional, e.Profit, e.Fee, e.LevelTicks, e.PriceTicks, e.RequestId, e.AskedLots)
            : null);

    private static PositionMove ToMove(PositionMoveEntry entry) => new(
        entry.Kind, entry.PositionId, entry.RequestId, entry.MarginChange, entry.Payout, entry.Fee, entry.Cause, entry.Volume,
        entry.Exit is { } e
            ? new(e.Lots, e.EntryNotional, e.ExitNotional, e.Profit, e.Fee, e.LevelTicks, e.PriceTicks, e.RequestId, e.AskedLots)
            : null);
}
