using Exchange.Domain.Encoding;

namespace Exchange.Domain.Events;

/// <summary>
/// The journal's binary format: a version byte, the time, then each event as number, length and fields in order.
/// A new field goes last and is read with "AtEnd ? default : Read"; an older program skips what it does not know of an event.
/// Numbers and the order of fields never change, for they are on people's disks.
/// </summary>
public static class EventCodec
{
    private const byte FormatVersion = 1;
    private const int EventBytesMin = 2;

    public static byte[] Encode(EventBatch batch)
    {
        var writer = ByteWriter.Rent();
        Write(writer, batch);
        var bytes = writer.ToArray();
        writer.Return();
        return bytes;
    }

    public static EventBatch Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var version = reader.ReadByte();
        if (version != FormatVersion)
            throw new CorruptDataException($"Journal format {version} is not one this program reads.");

        var atMs = reader.ReadSigned();
        var events = new DomainEvent[reader.ReadCount(EventBytesMin)];
        for (var i = 0; i < events.Length; i++)
            events[i] = Read(ref reader);

        if (!reader.AtEnd)
            throw new CorruptDataException($"{reader.Remaining} bytes follow the last event.");
        return new EventBatch(atMs, events);
    }

    /// <summary>One event inside something else, such as a snapshot.</summary>
    public static DomainEvent Read(ref ByteReader reader)
    {
        var number = reader.ReadUnsigned();
        var fields = reader.ReadFrame();
        return ReadFields(number, ref fields);
    }

    public static void Write(ByteWriter writer, DomainEvent domainEvent)
    {
        switch (domainEvent)
        {
            case Traded e: SymbolEventFields.Write(writer, e); break;
            case OrderAccepted e: SymbolEventFields.Write(writer, e); break;
            case OrderRested e: SymbolEventFields.Write(writer, e); break;
            case OrderDone e: SymbolEventFields.Write(writer, e); break;
            case OrderDecremented e: SymbolEventFields.Write(writer, e); break;
            case OrderTombstoned e: SymbolEventFields.Write(writer, e); break;
            case CandleClosed e: SymbolEventFields.Write(writer, e); break;
            case OrderQueued e: VenueEventFields.Write(writer, e); break;
            case QueueMoved e: VenueEventFields.Write(writer, e); break;
            case VenueLevelTaken e: VenueEventFields.Write(writer, e); break;
            case PositionOpened e: PositionEventFields.Write(writer, e); break;
            case PositionChanged e: PositionEventFields.Write(writer, e); break;
            case MarginAdded e: PositionEventFields.Write(writer, e); break;
            case FundingFixed e: PositionEventFields.Write(writer, e); break;
            case FundingPaid e: PositionEventFields.Write(writer, e); break;
            case PositionClosing e: PositionEventFields.Write(writer, e); break;
            case PositionUnwound e: PositionEventFields.Write(writer, e); break;
            case PositionReduced e: PositionEventFields.Write(writer, e); break;
            case PositionClosed e: PositionEventFields.Write(writer, e); break;
            case TrailingAdvanced e: PositionEventFields.Write(writer, e); break;
            case ConditionalArmed e: ConditionalEventFields.Write(writer, e); break;
            case ConditionalActivated e: ConditionalEventFields.Write(writer, e); break;
            case ConditionalFired e: ConditionalEventFields.Write(writer, e); break;
            case ConditionalCancelled e: ConditionalEventFields.Write(writer, e); break;
            case OrderPlaced e: PortfolioEventFields.Write(writer, e); break;
            case FillSettled e: PortfolioEventFields.Write(writer, e); break;
            case LateFillSettled e: LateSettlementEventFields.Write(writer, e); break;
            case SettlementDropped e: LateSettlementEventFields.Write(writer, e); break;
            case OrderEnded e: PortfolioEventFields.Write(writer, e); break;
            case OrderReduced e: PortfolioEventFields.Write(writer, e); break;
            case OrderTriggered e: PortfolioEventFields.Write(writer, e); break;
            case PositionRequested e: PositionMoneyEventFields.Write(writer, e); break;
            case MarginRequested e: PositionMoneyEventFields.Write(writer, e); break;
            case PositionSettled e: PositionMoneyEventFields.Write(writer, e); break;
            case PositionLeft e: AnnouncementEventFields.Write(writer, e); break;
            case Announced e: AnnouncementEventFields.Write(writer, e); break;
            case SettledUpTo e: PortfolioEventFields.Write(writer, e); break;
            case SettlementSetAside e: PortfolioEventFields.Write(writer, e); break;
            case SettlementTakenUp e: PortfolioEventFields.Write(writer, e); break;
            case FundsDeposited e: PortfolioEventFields.Write(writer, e); break;
            case AccountOpened e: PortfolioEventFields.Write(writer, e); break;
            case ResetStarted e: ResetEventFields.Write(writer, e); break;
            case FundsWithdrawn e: ResetEventFields.Write(writer, e); break;
            case ResetFinished e: ResetEventFields.Write(writer, e); break;
            case MarketListed e: MarketEventFields.Write(writer, e); break;
            case MarketStatusChanged e: MarketEventFields.Write(writer, e); break;
            case TradingStopped e: OperatorEventFields.Write(writer, e); break;
            case TradingResumed e: OperatorEventFields.Write(writer, e); break;
            case AccountFrozen e: OperatorEventFields.Write(writer, e); break;
            case AccountUnfrozen e: OperatorEventFields.Write(writer, e); break;
            case BalanceAdjusted e: OperatorEventFields.Write(writer, e); break;
            default: throw new InvalidOperationException($"{domainEvent.GetType().Name} has no place in the journal's format.");
        }
    }

    private static void Write(ByteWriter writer, EventBatch batch)
    {
        writer.WriteByte(FormatVersion);
        writer.WriteSigned(batch.AtMs);
        var events = batch.Events;
        var count = events.Count;
        writer.WriteUnsigned((ulong)count);
        for (var i = 0; i < count; i++)
            Write(writer, events[i]);
    }

    private static DomainEvent ReadFields(ulong number, ref ByteReader fields) => (EventNumber)number switch
    {
        EventNumber.Traded => SymbolEventFields.ReadTraded(ref fields),
        EventNumber.OrderAccepted => SymbolEventFields.ReadOrderAccepted(ref fields),
        EventNumber.OrderRested => SymbolEventFields.ReadOrderRested(ref fields),
        EventNumber.OrderDone => SymbolEventFields.ReadOrderDone(ref fields),
        EventNumber.OrderDecremented => SymbolEventFields.ReadOrderDecremented(ref fields),
        EventNumber.OrderTombstoned => SymbolEventFields.ReadOrderTombstoned(ref fields),
        EventNumber.CandleClosed => SymbolEventFields.ReadCandleClosed(ref fields),
        EventNumber.OrderQueued => VenueEventFields.ReadOrderQueued(ref fields),
        EventNumber.QueueMoved => VenueEventFields.ReadQueueMoved(ref fields),
        EventNumber.VenueLevelTaken => VenueEventFields.ReadVenueLevelTaken(ref fields),
        EventNumber.PositionOpened => PositionEventFields.ReadPositionOpened(ref fields),
        EventNumber.PositionChanged => PositionEventFields.ReadPositionChanged(ref fields),
        EventNumber.MarginAdded => PositionEventFields.ReadMarginAdded(ref fields),
        EventNumber.FundingFixed => PositionEventFields.ReadFundingFixed(ref fields),
        EventNumber.FundingPaid => PositionEventFields.ReadFundingPaid(ref fields),
        EventNumber.PositionClosing => PositionEventFields.ReadPositionClosing(ref fields),
        EventNumber.PositionUnwound => PositionEventFields.ReadPositionUnwound(ref fields),
        EventNumber.PositionReduced => PositionEventFields.ReadPositionReduced(ref fields),
        EventNumber.PositionClosed => PositionEventFields.ReadPositionClosed(ref fields),
        EventNumber.TrailingAdvanced => PositionEventFields.ReadTrailingAdvanced(ref fields),
        EventNumber.ConditionalArmed => ConditionalEventFields.ReadConditionalArmed(ref fields),
        EventNumber.ConditionalActivated => ConditionalEventFields.ReadConditionalActivated(ref fields),
        EventNumber.ConditionalFired => ConditionalEventFields.ReadConditionalFired(ref fields),
        EventNumber.ConditionalCancelled => ConditionalEventFields.ReadConditionalCancelled(ref fields),
        EventNumber.OrderPlaced => PortfolioEventFields.ReadOrderPlaced(ref fields),
        EventNumber.FillSettled => PortfolioEventFields.ReadFillSettled(ref fields),
        EventNumber.LateFillSettled => LateSettlementEventFields.ReadLateFillSettled(ref fields),
        EventNumber.SettlementDropped => LateSettlementEventFields.ReadSettlementDropped(ref fields),
        EventNumber.OrderEnded => PortfolioEventFields.ReadOrderEnded(ref fields),
        EventNumber.OrderReduced => PortfolioEventFields.ReadOrderReduced(ref fields),
        EventNumber.OrderTriggered => PortfolioEventFields.ReadOrderTriggered(ref fields),
        EventNumber.PositionRequested => PositionMoneyEventFields.ReadPositionRequested(ref fields),
        EventNumber.MarginRequested => PositionMoneyEventFields.ReadMarginRequested(ref fields),
        EventNumber.PositionSettled => PositionMoneyEventFields.ReadPositionSettled(ref fields),
        EventNumber.PositionLeft => AnnouncementEventFields.ReadPositionLeft(ref fields),
        EventNumber.Announced => AnnouncementEventFields.ReadAnnounced(ref fields),
        EventNumber.SettledUpTo => PortfolioEventFields.ReadSettledUpTo(ref fields),
        EventNumber.SettlementSetAside => PortfolioEventFields.ReadSettlementSetAside(ref fields),
        EventNumber.SettlementTakenUp => PortfolioEventFields.ReadSettlementTakenUp(ref fields),
        EventNumber.FundsDeposited => PortfolioEventFields.ReadFundsDeposited(ref fields),
        EventNumber.AccountOpened => PortfolioEventFields.ReadAccountOpened(ref fields),
        EventNumber.ResetStarted => ResetEventFields.ReadResetStarted(ref fields),
        EventNumber.FundsWithdrawn => ResetEventFields.ReadFundsWithdrawn(ref fields),
        EventNumber.ResetFinished => ResetEventFields.ReadResetFinished(ref fields),
        EventNumber.MarketListed => MarketEventFields.ReadMarketListed(ref fields),
        EventNumber.MarketStatusChanged => MarketEventFields.ReadMarketStatusChanged(ref fields),
        EventNumber.TradingStopped => OperatorEventFields.ReadTradingStopped(ref fields),
        EventNumber.TradingResumed => OperatorEventFields.ReadTradingResumed(ref fields),
        EventNumber.AccountFrozen => OperatorEventFields.ReadAccountFrozen(ref fields),
        EventNumber.AccountUnfrozen => OperatorEventFields.ReadAccountUnfrozen(ref fields),
        EventNumber.BalanceAdjusted => OperatorEventFields.ReadBalanceAdjusted(ref fields),
        _ => throw new CorruptDataException($"Event number {number} is not one this program knows."),
    };
}
