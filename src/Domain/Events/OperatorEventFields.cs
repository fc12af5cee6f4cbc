using Exchange.Domain.Encoding;
using Exchange.Domain.Markets;

namespace Exchange.Domain.Events;

internal static class OperatorEventFields
{
    public static void Write(ByteWriter writer, TradingStopped e)
    {
        var frame = writer.BeginEvent(EventNumber.TradingStopped);
        writer.WriteByte((byte)e.Kind);
        writer.WriteString(e.By);
        writer.WriteString(e.Why);
        writer.EndFrame(frame);
    }

    public static TradingStopped ReadTradingStopped(ref ByteReader reader) => new(
        Kind: (StopKind)reader.ReadByteUpTo((byte)StopKind.Emergency),
        By: reader.ReadString(),
        Why: reader.ReadString());

    public static void Write(ByteWriter writer, TradingResumed e)
    {
        var frame = writer.BeginEvent(EventNumber.TradingResumed);
        writer.WriteString(e.By);
        writer.EndFrame(frame);
    }

    public static TradingResumed ReadTradingResumed(ref ByteReader reader) => new(By: reader.ReadString());

    public static void Write(ByteWriter writer, AccountFrozen e)
    {
        var frame = writer.BeginEvent(EventNumber.AccountFrozen);
        writer.WriteString(e.By);
        writer.WriteString(e.Why);
        writer.EndFrame(frame);
    }

    public static AccountFrozen ReadAccountFrozen(ref ByteReader reader) => new(By: reader.ReadString(), Why: reader.ReadString());

    public static void Write(ByteWriter writer, AccountUnfrozen e)
    {
        var frame = writer.BeginEvent(EventNumber.AccountUnfrozen);
        writer.WriteString(e.By);
        writer.WriteString(e.Why);
        writer.EndFrame(frame);
    }

    public static AccountUnfrozen ReadAccountUnfrozen(ref ByteReader reader) => new(By: reader.ReadString(), Why: reader.ReadString());

    public static void Write(ByteWriter writer, BalanceAdjusted e)
    {
        var frame = writer.BeginEvent(EventNumber.BalanceAdjusted);
        writer.WriteString(e.AdjustmentId);
        writer.WriteString(e.Asset);
        writer.WriteDecimal(e.Amount);
        writer.WriteString(e.By);
        writer.WriteString(e.Why);
        writer.EndFrame(frame);
    }

    public static BalanceAdjusted ReadBalanceAdjusted(ref ByteReader reader) => new(
        AdjustmentId: reader.ReadString(),
        Asset: reader.ReadString(),
        Amount: reader.ReadDecimal(),
        By: reader.ReadString(),
        Why: reader.ReadString());
}
