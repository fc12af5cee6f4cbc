using Exchange.Domain.Encoding;
using Exchange.Domain.Markets;

namespace Exchange.Domain.Events;

internal static class MarketEventFields
{
    public static void Write(ByteWriter writer, MarketListed e)
    {
        var frame = writer.BeginEvent(EventNumber.MarketListed);
        WriteMarket(writer, e.Market);
        writer.EndFrame(frame);
    }

    public static MarketListed ReadMarketListed(ref ByteReader reader) => new(
        Market: ReadMarket(ref reader));

    public static void Write(ByteWriter writer, MarketStatusChanged e)
    {
        var frame = writer.BeginEvent(EventNumber.MarketStatusChanged);
        writer.WriteString(e.Symbol);
        writer.WriteByte((byte)e.Status);
        writer.EndFrame(frame);
    }

    public static MarketStatusChanged ReadMarketStatusChanged(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Status: (MarketStatus)reader.ReadByteUpTo((byte)MarketStatus.Delisted));

    private static PriceMultipliers ReadMultipliers(ref ByteReader reader) => new(
        BidUp: reader.ReadDecimal(),
        BidDown: reader.ReadDecimal(),
        AskUp: reader.ReadDecimal(),
        AskDown: reader.ReadDecimal());

    private static void WriteMarket(ByteWriter writer, Market market)
    {
        writer.WriteSigned(market.Number);
        writer.WriteString(market.Symbol);
        writer.WriteString(market.Base);
        writer.WriteString(market.Quote);
        writer.WriteSigned(market.BasePrecision);
        writer.WriteSigned(market.QuotePrecision);
        writer.WriteDecimal(market.TickSize);
        writer.WriteDecimal(market.LotSize);
        writer.WriteSigned(market.MaxPriceTicks);
        writer.WriteSigned(market.MinLots);
        writer.WriteSigned(market.MaxLots);
        writer.WriteSigned(market.MaxMarketLots);
        writer.WriteDecimal(market.MinNotional);
        writer.WriteSigned(market.MakerFeeBps);
        writer.WriteSigned(market.TakerFeeBps);
        writer.WriteSigned(market.MaxLeverage);
        writer.WriteSigned(market.MaxOpenOrders);
        writer.WriteSigned(market.PriceBandBps);
        writer.WriteByte((byte)market.Status);
        writer.WriteString(market.Venue);
        writer.WriteString(market.VenueSymbol);
        writer.WriteDecimal(market.PriceMultipliers.BidUp);
        writer.WriteDecimal(market.PriceMultipliers.BidDown);
        writer.WriteDecimal(market.PriceMultipliers.AskUp);
        writer.WriteDecimal(market.PriceMultipliers.AskDown);
    }

    private static Market ReadMarket(ref ByteReader reader) => new()
    {
        Number = reader.ReadInt32(),
        Symbol = reader.ReadString(),
        Base = reader.ReadString(),
        Quote = reader.ReadString(),
        BasePrecision = reader.ReadInt32(),
        QuotePrecision = reader.ReadInt32(),
        TickSize = reader.ReadDecimal(),
        LotSize = reader.ReadDecimal(),
        MaxPriceTicks = reader.ReadSigned(),
        MinLots = reader.ReadSigned(),
        MaxLots = reader.ReadSigned(),
        MaxMarketLots = reader.ReadSigned(),
        MinNotional = reader.ReadDecimal(),
        MakerFeeBps = reader.ReadInt32(),
        TakerFeeBps = reader.ReadInt32(),
        MaxLeverage = reader.ReadInt32(),
        MaxOpenOrders = reader.ReadInt32(),
        PriceBandBps = reader.ReadInt32(),
        Status = (MarketStatus)reader.ReadByteUpTo((byte)MarketStatus.Delisted),
        Venue = reader.ReadString(),
        VenueSymbol = reader.ReadString(),
        PriceMultipliers = reader.AtEnd ? PriceMultipliers.Default : ReadMultipliers(ref reader),
    };
}
