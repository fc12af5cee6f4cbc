using Exchange.Domain.Encoding;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Events;

internal static class SymbolEventFields
{
    public static void Write(ByteWriter writer, OrderAccepted e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderAccepted);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Account);
        writer.WriteString(e.ClientOrderId);
        writer.WriteByte((byte)e.Side);
        writer.WriteByte((byte)e.Type);
        writer.WriteByte((byte)e.TimeInForce);
        writer.WriteSigned(e.PriceTicks);
        writer.WriteSigned(e.Lots);
        writer.WriteDecimal(e.QuoteAmount);
        writer.WriteSigned(e.DisplayLots);
        writer.WriteByte((byte)e.SelfTrade);
        writer.EndFrame(frame);
    }

    public static OrderAccepted ReadOrderAccepted(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        ClientOrderId: reader.ReadString(),
        Side: (Side)reader.ReadByteUpTo((byte)Side.Sell),
        Type: (OrderType)reader.ReadByteUpTo((byte)OrderType.TakeProfitLimit),
        TimeInForce: (TimeInForce)reader.ReadByteUpTo((byte)TimeInForce.FillOrKill),
        PriceTicks: reader.ReadSigned(),
        Lots: reader.ReadSigned(),
        QuoteAmount: reader.ReadDecimal(),
        DisplayLots: reader.ReadSigned(),
        SelfTrade: (SelfTradePrevention)reader.ReadByteUpTo((byte)SelfTradePrevention.Decrement));

    public static void Write(ByteWriter writer, OrderRested e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderRested);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Lots);
        writer.EndFrame(frame);
    }

    public static OrderRested ReadOrderRested(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Lots: reader.ReadSigned());

    public static void Write(ByteWriter writer, Traded e)
    {
        var frame = writer.BeginEvent(EventNumber.Traded);
        writer.WriteSigned(e.TradeId);
        writer.WriteByte((byte)e.TakerSide);
        writer.WriteSigned(e.TakerOrderId);
        writer.WriteSigned(e.TakerAccount);
        writer.WriteSigned(e.MakerOrderId);
        writer.WriteSigned(e.MakerAccount);
        writer.WriteSigned(e.PriceTicks);
        writer.WriteSigned(e.Lots);
        writer.WriteDecimal(e.TakerFee);
        writer.WriteDecimal(e.MakerFee);
        writer.EndFrame(frame);
    }

    public static Traded ReadTraded(ref ByteReader reader) => new(
        TradeId: reader.ReadSigned(),
        TakerSide: (Side)reader.ReadByteUpTo((byte)Side.Sell),
        TakerOrderId: reader.ReadSigned(),
        TakerAccount: reader.ReadSigned(),
        MakerOrderId: reader.ReadSigned(),
        MakerAccount: reader.ReadSigned(),
        PriceTicks: reader.ReadSigned(),
        Lots: reader.ReadSigned(),
        TakerFee: reader.ReadDecimal(),
        MakerFee: reader.ReadDecimal());

    public static void Write(ByteWriter writer, OrderDecremented e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderDecremented);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Lots);
        writer.EndFrame(frame);
    }

    public static OrderDecremented ReadOrderDecremented(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Lots: reader.ReadSigned());

    public static void Write(ByteWriter writer, OrderDone e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderDone);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Account);
        writer.WriteByte((byte)e.Status);
        writer.WriteSigned((short)e.Reason);
        writer.WriteSigned(e.FilledLots);
        writer.WriteDecimal(e.FilledQuote);
        writer.EndFrame(frame);
    }

    public static OrderDone ReadOrderDone(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Status: (OrderStatus)reader.ReadByteUpTo((byte)OrderStatus.Rejected),
        Reason: reader.ReadReason(),
        FilledLots: reader.ReadSigned(),
        FilledQuote: reader.ReadDecimal());

    public static void Write(ByteWriter writer, OrderTombstoned e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderTombstoned);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Account);
        writer.EndFrame(frame);
    }

    public static OrderTombstoned ReadOrderTombstoned(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Account: reader.ReadSigned());

    public static void Write(ByteWriter writer, CandleClosed e)
    {
        var frame = writer.BeginEvent(EventNumber.CandleClosed);
        writer.WriteSigned(e.OpenTimeMs);
        writer.WriteSigned(e.OpenTicks);
        writer.WriteSigned(e.HighTicks);
        writer.WriteSigned(e.LowTicks);
        writer.WriteSigned(e.CloseTicks);
        writer.WriteSigned(e.Lots);
        writer.WriteDecimal(e.QuoteVolume);
        writer.WriteSigned(e.Trades);
        writer.EndFrame(frame);
    }

    public static CandleClosed ReadCandleClosed(ref ByteReader reader) => new(
        OpenTimeMs: reader.ReadSigned(),
        OpenTicks: reader.ReadSigned(),
        HighTicks: reader.ReadSigned(),
        LowTicks: reader.ReadSigned(),
        CloseTicks: reader.ReadSigned(),
        Lots: reader.ReadSigned(),
        QuoteVolume: reader.ReadDecimal(),
        Trades: reader.ReadInt32());
}
