using Exchange.Domain.Encoding;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Events;

internal static class PortfolioEventFields
{
    public static void Write(ByteWriter writer, AccountOpened e)
    {
        var frame = writer.BeginEvent(EventNumber.AccountOpened);
        writer.WriteSigned(e.Account);
        writer.WriteString(e.Email);
        writer.EndFrame(frame);
    }

    public static AccountOpened ReadAccountOpened(ref ByteReader reader) => new(
        Account: reader.ReadSigned(),
        Email: reader.ReadString());

    public static void Write(ByteWriter writer, FundsDeposited e)
    {
        var frame = writer.BeginEvent(EventNumber.FundsDeposited);
        writer.WriteString(e.DepositId);
        writer.WriteString(e.Asset);
        writer.WriteDecimal(e.Amount);
        writer.EndFrame(frame);
    }

    public static FundsDeposited ReadFundsDeposited(ref ByteReader reader) => new(
        DepositId: reader.ReadString(),
        Asset: reader.ReadString(),
        Amount: reader.ReadDecimal());

    public static void Write(ByteWriter writer, OrderPlaced e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderPlaced);
        writer.WriteSigned(e.OrderId);
        writer.WriteString(e.ClientOrderId);
        writer.WriteString(e.Symbol);
        writer.WriteByte((byte)e.Side);
        writer.WriteByte((byte)e.Type);
        writer.WriteByte((byte)e.TimeInForce);
        writer.WriteDecimal(e.Price);
        writer.WriteDecimal(e.Quantity);
        writer.WriteDecimal(e.QuoteAmount);
        writer.WriteDecimal(e.IcebergQuantity);
        writer.WriteByte((byte)e.SelfTrade);
        writer.WriteString(e.HeldAsset);
        writer.WriteDecimal(e.Held);
        if (e.StopPrice != 0 || e.TrailingBps != 0 || e.IsPaired)
            WriteCondition(writer, e);
        writer.EndFrame(frame);
    }

    /// <summary>Most orders wait for nothing and are of no pair: theirs end before this.</summary>
    private static void WriteCondition(ByteWriter writer, OrderPlaced e)
    {
        writer.WriteDecimal(e.StopPrice);
        writer.WriteSigned(e.TrailingBps);
        writer.WriteSigned(e.PairId);
        writer.WriteString(e.ClientListId);
        writer.WriteSigned(e.ListFingerprint);
    }

    public static OrderPlaced ReadOrderPlaced(ref ByteReader reader)
    {
        var placed = ReadTerms(ref reader);
        return reader.AtEnd
            ? placed
            : placed with
            {
                StopPrice = reader.ReadDecimal(),
                TrailingBps = reader.ReadInt32(),
                PairId = reader.ReadSigned(),
                ClientListId = reader.ReadString(),
                ListFingerprint = reader.ReadSigned(),
            };
    }

    private static OrderPlaced ReadTerms(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        ClientOrderId: reader.ReadString(),
        Symbol: reader.ReadString(),
        Side: (Side)reader.ReadByteUpTo((byte)Side.Sell),
        Type: (OrderType)reader.ReadByteUpTo((byte)OrderType.TakeProfitLimit),
        TimeInForce: (TimeInForce)reader.ReadByteUpTo((byte)TimeInForce.FillOrKill),
        Price: reader.ReadDecimal(),
        Quantity: reader.ReadDecimal(),
        QuoteAmount: reader.ReadDecimal(),
        IcebergQuantity: reader.ReadDecimal(),
        SelfTrade: (SelfTradePrevention)reader.ReadByteUpTo((byte)SelfTradePrevention.Decrement),
        HeldAsset: reader.ReadString(),
        Held: reader.ReadDecimal());

    public static void Write(ByteWriter writer, FillSettled e)
    {
        var frame = writer.BeginEvent(EventNumber.FillSettled);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.Index);
        writer.WriteSigned(e.TradeId);
        writer.WriteSigned(e.OrderId);
        writer.WriteString(e.BaseAsset);
        writer.WriteDecimal(e.BaseChange);
        writer.WriteString(e.QuoteAsset);
        writer.WriteDecimal(e.QuoteChange);
        writer.WriteString(e.FeeAsset);
        writer.WriteDecimal(e.Fee);
        writer.WriteDecimal(e.Released);
        writer.EndFrame(frame);
    }

    public static FillSettled ReadFillSettled(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        Index: reader.ReadInt32(),
        TradeId: reader.ReadSigned(),
        OrderId: reader.ReadSigned(),
        BaseAsset: reader.ReadString(),
        BaseChange: reader.ReadDecimal(),
        QuoteAsset: reader.ReadString(),
        QuoteChange: reader.ReadDecimal(),
        FeeAsset: reader.ReadString(),
        Fee: reader.ReadDecimal(),
        Released: reader.ReadDecimal());

    public static void Write(ByteWriter writer, OrderEnded e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderEnded);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.OrderId);
        writer.WriteByte((byte)e.Status);
        writer.WriteSigned((short)e.Reason);
        writer.WriteDecimal(e.Released);
        if (e.MovedToPair != 0)
            writer.WriteDecimal(e.MovedToPair);
        writer.EndFrame(frame);
    }

    public static OrderEnded ReadOrderEnded(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        OrderId: reader.ReadSigned(),
        Status: (OrderStatus)reader.ReadByteUpTo((byte)OrderStatus.Rejected),
        Reason: reader.ReadReason(),
        Released: reader.ReadDecimal(),
        MovedToPair: reader.AtEnd ? 0 : reader.ReadDecimal());

    public static void Write(ByteWriter writer, OrderTriggered e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderTriggered);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.OrderId);
        writer.EndFrame(frame);
    }

    public static OrderTriggered ReadOrderTriggered(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        OrderId: reader.ReadSigned());

    public static void Write(ByteWriter writer, SettledUpTo e)
    {
        var frame = writer.BeginEvent(EventNumber.SettledUpTo);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.EndFrame(frame);
    }

    public static SettledUpTo ReadSettledUpTo(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned());

    public static void Write(ByteWriter writer, OrderReduced e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderReduced);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.OrderId);
        writer.WriteDecimal(e.Quantity);
        writer.WriteDecimal(e.Released);
        writer.EndFrame(frame);
    }

    public static OrderReduced ReadOrderReduced(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        OrderId: reader.ReadSigned(),
        Quantity: reader.ReadDecimal(),
        Released: reader.ReadDecimal());

    public static void Write(ByteWriter writer, SettlementSetAside e)
    {
        var frame = writer.BeginEvent(EventNumber.SettlementSetAside);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned((short)e.Reason);
        writer.EndFrame(frame);
    }

    public static SettlementSetAside ReadSettlementSetAside(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        Reason: reader.ReadReason());

    public static void Write(ByteWriter writer, SettlementTakenUp e)
    {
        var frame = writer.BeginEvent(EventNumber.SettlementTakenUp);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.EndFrame(frame);
    }

    public static SettlementTakenUp ReadSettlementTakenUp(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned());
}
