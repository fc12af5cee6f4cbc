using Exchange.Domain.Encoding;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Events;

internal static class PositionEventFields
{
    public static void Write(ByteWriter writer, PositionOpened e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionOpened);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteString(e.ClientPositionId);
        writer.WriteByte((byte)e.Side);
        writer.WriteSigned(e.Lots);
        writer.WriteDecimal(e.EntryNotional);
        writer.WriteDecimal(e.Margin);
        writer.WriteSigned(e.LeverageTenths);
        writer.WriteDecimal(e.EntryFee);
        writer.WriteSigned(e.MaintenanceBps);
        writer.WriteSigned(e.ExitFeeBps);
        PositionLevelFields.Write(writer, e.Levels, e.TrailAnchorTicks);
        writer.EndFrame(frame);
    }

    public static PositionOpened ReadPositionOpened(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        ClientPositionId: reader.ReadString(),
        Side: (PositionSide)reader.ReadByteUpTo((byte)PositionSide.Short),
        Lots: reader.ReadSigned(),
        EntryNotional: reader.ReadDecimal(),
        Margin: reader.ReadDecimal(),
        LeverageTenths: reader.ReadInt32(),
        EntryFee: reader.ReadDecimal(),
        MaintenanceBps: reader.ReadInt32(),
        ExitFeeBps: reader.ReadInt32(),
        Levels: PositionLevelFields.Read(ref reader, out var anchor),
        TrailAnchorTicks: anchor);

    public static void Write(ByteWriter writer, PositionChanged e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionChanged);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        PositionLevelFields.Write(writer, e.Levels, e.TrailAnchorTicks);
        if (e.RequestId.Length > 0)
            writer.WriteString(e.RequestId);
        writer.EndFrame(frame);
    }

    public static PositionChanged ReadPositionChanged(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Levels: PositionLevelFields.Read(ref reader, out var anchor),
        TrailAnchorTicks: anchor,
        RequestId: reader.AtEnd ? "" : reader.ReadString());

    public static void Write(ByteWriter writer, MarginAdded e)
    {
        var frame = writer.BeginEvent(EventNumber.MarginAdded);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteSigned(e.RequestId);
        writer.WriteDecimal(e.Amount);
        writer.EndFrame(frame);
    }

    public static MarginAdded ReadMarginAdded(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        RequestId: reader.ReadSigned(),
        Amount: reader.ReadDecimal());

    public static void Write(ByteWriter writer, FundingFixed e)
    {
        var frame = writer.BeginEvent(EventNumber.FundingFixed);
        writer.WriteSigned(e.DueMs);
        writer.WriteSigned(e.MarkTicks);
        writer.WriteDecimal(e.Rate);
        writer.EndFrame(frame);
    }

    public static FundingFixed ReadFundingFixed(ref ByteReader reader) => new(
        DueMs: reader.ReadSigned(),
        MarkTicks: reader.ReadSigned(),
        Rate: reader.ReadDecimal());

    public static void Write(ByteWriter writer, FundingPaid e)
    {
        var frame = writer.BeginEvent(EventNumber.FundingPaid);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteDecimal(e.Amount);
        writer.EndFrame(frame);
    }

    public static FundingPaid ReadFundingPaid(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Amount: reader.ReadDecimal());

    public static void Write(ByteWriter writer, PositionClosing e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionClosing);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteByte((byte)e.Cause);
        writer.WriteSigned(e.LevelTicks);
        writer.WriteSigned(e.PriceTicks);
        writer.EndFrame(frame);
    }

    public static PositionClosing ReadPositionClosing(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Cause: (CloseCause)reader.ReadByteUpTo((byte)CloseCause.Operator),
        LevelTicks: reader.ReadSigned(),
        PriceTicks: reader.ReadSigned());

    public static void Write(ByteWriter writer, PositionUnwound e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionUnwound);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteSigned(e.Lots);
        writer.WriteDecimal(e.ExitNotional);
        writer.EndFrame(frame);
    }

    public static PositionUnwound ReadPositionUnwound(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Lots: reader.ReadSigned(),
        ExitNotional: reader.ReadDecimal());

    public static void Write(ByteWriter writer, PositionReduced e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionReduced);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        Write(writer, e.Exit);
        if (e.RequestId.Length > 0)
        {
            writer.WriteString(e.RequestId);
            writer.WriteSigned(e.AskedLots);
        }

        writer.EndFrame(frame);
    }

    public static PositionReduced ReadPositionReduced(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Exit: ReadExit(ref reader),
        RequestId: reader.AtEnd ? "" : reader.ReadString(),
        AskedLots: reader.AtEnd ? 0 : reader.ReadSigned());

    public static void Write(ByteWriter writer, PositionClosed e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionClosed);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteByte((byte)e.Cause);
        Write(writer, e.Exit);
        writer.WriteDecimal(e.TotalProfit);
        writer.WriteDecimal(e.TotalFees);
        writer.WriteDecimal(e.TotalFunding);
        writer.WriteDecimal(e.TotalPayout);
        if (e.LevelTicks != 0 || e.PriceTicks != 0 || e.RequestId.Length > 0)
        {
            writer.WriteSigned(e.LevelTicks);
            writer.WriteSigned(e.PriceTicks);
            writer.WriteString(e.RequestId);
            writer.WriteSigned(e.AskedLots);
        }

        writer.EndFrame(frame);
    }

    public static PositionClosed ReadPositionClosed(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Cause: (CloseCause)reader.ReadByteUpTo((byte)CloseCause.Operator),
        Exit: ReadExit(ref reader),
        TotalProfit: reader.ReadDecimal(),
        TotalFees: reader.ReadDecimal(),
        TotalFunding: reader.ReadDecimal(),
        TotalPayout: reader.ReadDecimal(),
        LevelTicks: reader.AtEnd ? 0 : reader.ReadSigned(),
        PriceTicks: reader.AtEnd ? 0 : reader.ReadSigned(),
        RequestId: reader.AtEnd ? "" : reader.ReadString(),
        AskedLots: reader.AtEnd ? 0 : reader.ReadSigned());

    public static void Write(ByteWriter writer, TrailingAdvanced e)
    {
        var frame = writer.BeginEvent(EventNumber.TrailingAdvanced);
        writer.WriteSigned(e.BidTicks);
        writer.WriteSigned(e.AskTicks);
        writer.EndFrame(frame);
    }

    public static TrailingAdvanced ReadTrailingAdvanced(ref ByteReader reader) => new(
        BidTicks: reader.ReadSigned(),
        AskTicks: reader.ReadSigned());

    private static void Write(ByteWriter writer, in Exit exit)
    {
        writer.WriteSigned(exit.Lots);
        writer.WriteDecimal(exit.EntryNotional);
        writer.WriteDecimal(exit.ExitNotional);
        writer.WriteDecimal(exit.MarginReleased);
        writer.WriteDecimal(exit.Profit);
        writer.WriteDecimal(exit.Fee);
        writer.WriteDecimal(exit.Payout);
        writer.WriteDecimal(exit.Shortfall);
    }

    private static Exit ReadExit(ref ByteReader reader) => new(
        Lots: reader.ReadSigned(),
        EntryNotional: reader.ReadDecimal(),
        ExitNotional: reader.ReadDecimal(),
        MarginReleased: reader.ReadDecimal(),
        Profit: reader.ReadDecimal(),
        Fee: reader.ReadDecimal(),
        Payout: reader.ReadDecimal(),
        Shortfall: reader.ReadDecimal());
}
