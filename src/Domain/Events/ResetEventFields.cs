using Exchange.Domain.Encoding;

namespace Exchange.Domain.Events;

internal static class ResetEventFields
{
    public static void Write(ByteWriter writer, ResetStarted e)
    {
        var frame = writer.BeginEvent(EventNumber.ResetStarted);
        writer.WriteString(e.ResetId);
        writer.EndFrame(frame);
    }

    public static ResetStarted ReadResetStarted(ref ByteReader reader) => new(ResetId: reader.ReadString());

    public static void Write(ByteWriter writer, FundsWithdrawn e)
    {
        var frame = writer.BeginEvent(EventNumber.FundsWithdrawn);
        writer.WriteString(e.RequestId);
        writer.WriteString(e.Asset);
        writer.WriteDecimal(e.Amount);
        writer.EndFrame(frame);
    }

    public static FundsWithdrawn ReadFundsWithdrawn(ref ByteReader reader) => new(
        RequestId: reader.ReadString(),
        Asset: reader.ReadString(),
        Amount: reader.ReadDecimal());

    public static void Write(ByteWriter writer, ResetFinished e)
    {
        var frame = writer.BeginEvent(EventNumber.ResetFinished);
        writer.WriteString(e.ResetId);
        writer.EndFrame(frame);
    }

    public static ResetFinished ReadResetFinished(ref ByteReader reader) => new(ResetId: reader.ReadString());
}
