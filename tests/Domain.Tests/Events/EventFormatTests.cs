using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Events;

/// <summary>Journals outlive programs: these bytes are on disks and must be written and read like this for ever.</summary>
public sealed class EventFormatTests
{
    private static readonly Market Market = new()
    {
        Number = 1,
        Symbol = "BTC_USDT",
        Base = "BTC",
        Quote = "USDT",
        BasePrecision = 8,
        QuotePrecision = 8,
        TickSize = 0.01m,
        LotSize = 0.00001m,
        MaxPriceTicks = 100_000_000,
        MinLots = 1,
        MaxLots = 900_000_000,
        MaxMarketLots = 12_000_000,
        MinNotional = 5,
        MakerFeeBps = 10,
        TakerFeeBps = 12,
        MaxLeverage = 100,
        MaxOpenOrders = 200,
        PriceBandBps = 5_000,
        Status = MarketStatus.Halted,
        Venue = "simulated",
        VenueSymbol = "BTCUSDT",
        PriceMultipliers = new(BidUp: 3, BidDown: 0.5m, AskUp: 4, AskDown: 0.25m),
    };

    private static readonly (DomainEvent Event, string Bytes)[] Golden =
    [
        (new MarketListed(Market),
            "01F6878AFCBE6801014C02084254435F55534454034254430455534454101005010B018084AF5F0280A4A7DA0680ECB80B01051418C8019003904E01" +
            "0973696D756C6174656407425443555344540103030501040519"),
        (new MarketStatusChanged("BTC_USDT", MarketStatus.Delisted), "01F6878AFCBE6801020A084254435F5553445402"),
        (new OrderAccepted(4_294_967_297, 1, "my-1", Side.Sell, OrderType.LimitMaker, TimeInForce.FillOrKill,
            6_512_345, 150_000, 12.5m, 1_000, SelfTradePrevention.Decrement),
            "01F6878AFCBE68010A1A828080802002046D792D31010202B2FB9A06E0A712037DD00F04"),
        (new OrderRested(4_294_967_297, 150_000), "01F6878AFCBE68010B088280808020E0A712"),
        (new Traded(77, Side.Sell, 4_294_967_297, 1, 0, -3, 6_512_345, 149_999, 0.00976852m, 0),
            "01F6878AFCBE68010C179A01018280808020020005B2FB9A06DEA71211D4CF3B00"),
        (new OrderDecremented(4_294_967_297, 5), "01F6878AFCBE68010D0682808080200A"),
        (new OrderDone(4_294_967_297, 1, OrderStatus.Expired, Reason.RemainderExpired, 149_999, 97_684.523766550m),
            "01F6878AFCBE68010E1482808080200204E204DEA71211CF9089A9A69C02"),
        (new OrderTombstoned(4_294_967_297, 1), "01F6878AFCBE68010F06828080802002"),
        (new CandleClosed(1_795_158_000_000, 6_512_345, 6_512_400, 6_512_300, 6_512_301, 3_000_000, 1_953_700.25m, 42),
            "01F6878AFCBE6801102080868AFCBE68B2FB9A06A0FC9A06D8FA9A06DAFA9A06809BEE0205A9B8945D54"),
        (new OrderQueued(4_294_967_297, 150_000), "01F6878AFCBE680150088280808020E0A712"),
        (new QueueMoved(Side.Sell, 6_512_345, 40_000, 110_000), "01F6878AFCBE6801510B01B2FB9A0680F104E0B60D"),
        (new VenueLevelTaken(Side.Sell, 6_512_346, 75_000, 74_999), "01F6878AFCBE6801520B01B4FB9A06F09309EE9309"),
        (new PositionOpened(4_294_967_298, 1, "p-1", PositionSide.Short, 2_119_093, 500_000.00m - 0.00665m, 5_000,
            1_000, 12.5m, 50, 4, new PositionLevels(24_000, 20_000, TrailUnit.BasisPoints, 150, 1_795_244_400_000), 23_595),
            "01F6878AFCBE6801143184808080200203702D3101EAD682020BE7E2EDA1BA01018827D00F037D640880F702C0B80202AC02D6F00280F6BCCEBF68"),
        (new PositionChanged(4_294_967_298, 1, new PositionLevels(24_100, 0, TrailUnit.Ticks, 75), 23_574),
            "01F6878AFCBE68011511848080802002C8F80200019601ACF00200"),
        (new MarginAdded(4_294_967_298, 1, 4_294_967_299, 250.5m),
            "01F6878AFCBE6801160E848080802002868080802003C913"),
        (new FundingFixed(1_795_161_600_000, 23_580, 0.0001m),
            "01F6878AFCBE6801170B80C0C1FFBE68B8F0020901"),
        (new FundingPaid(4_294_967_298, 1, -49.96821294m),
            "01F6878AFCBE6801180C84808080200212AEE2D5CE12"),
        (new PositionClosing(4_294_967_298, 1, CloseCause.Liquidation, 23_831, 23_850),
            "01F6878AFCBE6801190D84808080200204AEF402D4F402"),
        (new PositionUnwound(4_294_967_298, 1, 1_000_000, 235_740),
            "01F6878AFCBE68011A0D84808080200280897A01DCB10E"),
        (new PositionReduced(4_294_967_298, 1, new Exit(1_000_000, 235_950, 235_740, 2_359.5m, 210, 94.296m, 2_475.204m, 0)),
            "01F6878AFCBE68011B2284808080200280897A01AEB30E01DCB10E03ABB80101D20107D8E00507C489970100"),
        (new PositionClosed(4_294_967_298, 1, CloseCause.TakeProfit,
            new Exit(2_119_093, 499_999.99335m, 499_554.98382m, 5_000, 445.00953m, 0.5m, 5_444.50953m, 0.25m), 655.00953m, 13, -1.5m, 7_919.71353m),
            "01F6878AFCBE68011C3A84808080200202EAD682020BE7E2EDA1BA010B8ED3D18CBA010188270BD98F9C1503050B89D3CE830205190B99EE9D1F01"
            + "0D040F0B998CD2F902"),
        (new TrailingAdvanced(23_600, 0),
            "01F6878AFCBE68011D04E0F00200"),
        (new ConditionalArmed(4_294_967_300, 1, "sl-1", ConditionalType.StopLossLimit, Side.Sell,
            TimeInForce.GoodTillCancelled, 23_000, 500, 0, 22_900, 150_000, 0, 10_000,
            SelfTradePrevention.ExpireTaker, 4_294_967_301),
            "01F6878AFCBE68011E2488808080200204736C2D31010100B0E702E80700E8E502E0A71200A09C01028A80808020"),
        (new ConditionalActivated(4_294_967_300, 1, 23_000),
            "01F6878AFCBE68011F09888080802002B0E702"),
        (new ConditionalFired(4_294_967_300, 1, 21_850, 21_849, 4_294_967_301),
            "01F6878AFCBE68012011888080802002B4D502B2D5028A80808020"),
        (new ConditionalCancelled(4_294_967_300, 1, Reason.PairDone),
            "01F6878AFCBE68012108888080802002C809"),
        (new AccountOpened(2_097_151, "ann@example.org"), "01F6878AFCBE68012814FEFFFF010F616E6E406578616D706C652E6F7267"),
        (new ResetStarted("r-1"), "01F6878AFCBE68015A0403722D31"),
        (new FundsWithdrawn("r-1", "USDT", 10_000), "01F6878AFCBE68015B0C03722D31045553445401904E"),
        (new ResetFinished("r-1"), "01F6878AFCBE68015C0403722D31"),
        (new FundsDeposited("d-1", "USDT", 10_000), "01F6878AFCBE6801290C03642D31045553445401904E"),
        (new OrderPlaced(4_294_967_297, "my-1", "BTC_USDT", Side.Buy, OrderType.Limit, TimeInForce.ImmediateOrCancel,
            65_123.45m, 1.5m, 0, 0.1m, SelfTradePrevention.ExpireTaker, "USDT", 97_685.175m),
            "01F6878AFCBE68012A2B8280808020046D792D31084254435F5553445400000105D9BD8D03030F00030102045553445407B79DCA2E"),
        (new FillSettled("BTC_USDT", 901, 2, 77, 4_294_967_297, "BTC", 1.4985m, "USDT", -97_685.175m, "BTC", 0.0015m, 0.01m),
            "01F6878AFCBE68012B2C084254435F555344548A0E049A01828080802003425443098975045553445408B79DCA2E03425443090F0501"),
        (new OrderEnded("BTC_USDT", 902, 4_294_967_297, OrderStatus.Cancelled, Reason.CancelledByUser, 12.345m),
            "01F6878AFCBE68012C16084254435F555344548C0E828080802003E00407B960"),
        (new OrderReduced("BTC_USDT", 902, 4_294_967_297, 0.25m, 0.5m), "01F6878AFCBE68012E14084254435F555344548C0E828080802005190305"),
        (new PositionRequested(4_294_967_298, "p-1", "SOL_USDC", PositionSide.Short, 5_000, 1_000,
            new PositionLevels(24_000, 20_000, TrailUnit.BasisPoints, 150, 1_795_244_400_000), "USDC", 5_250.5m),
            "01F6878AFCBE68013130848080802003702D3108534F4C5F5553444301018827D00F80F702C0B80202AC0280F6BCCEBF68045553444303999A03"),
        (new MarginRequested(4_294_967_299, "m-1", 4_294_967_298, "SOL_USDC", "USDC", 250.5m),
            "01F6878AFCBE6801321F8680808020036D2D31848080802008534F4C5F55534443045553444303C913"),
        (new PositionSettled("SOL_USDC", 904, 3, PositionMoveKind.Closed, 4_294_967_298, 0, "USDC", -5_000, 5_445.0095m, 0, 0,
            CloseCause.TakeProfit, 499_555.00m),
            "01F6878AFCBE6801332708534F4C5F55534443900E0604848080802000045553444302882709AFAFFB1900000201E3BE1E"),
        (new PositionLeft("SOL_USDC", 904, 3, 4_294_967_298, "p-1", PositionSide.Short, 1_000, true, CloseCause.TakeProfit, "USDC", 2_119.093m,
            235.95m, 235.74m, 5_000, 445.0095m, 0, 5_445.0095m, 445.0095m, 235.75m, 235.74m, "c-1", 0),
            "01F6878AFCBE6801464C08534F4C5F55534443900E06848080802003702D3101D00F0102045553444307B5AB810105ABB801"
            + "0596B80101882709AFCE8F020009AFAFFB1909AFCE8F020597B8010596B80103632D3100"),
        (new Announced(17), "01F6878AFCBE6801470122"),
        (new SettledUpTo("BTC_USDT", 903), "01F6878AFCBE68012D0B084254435F555344548E0E"),
        (new SettlementSetAside("BTC_USDT", 903, Reason.UnknownOrder), "01F6878AFCBE68012F0D084254435F555344548E0ED804"),
        (new LateFillSettled("BTC_USDT", 905, 3, 77, 4_294_967_297, "BTC", 0.00976852m, "USDT", -97.68452m, "BTC", 0.00000977m),
            "01F6878AFCBE6801372C084254435F55534454920E069A0182808080200342544311D4CF3B04555344540C849CD4040342544311D107"),
        (new SettlementDropped("BTC_USDT", 906, "BTC", 0.00976852m, "USDT", -97.68452m),
            "01F6878AFCBE6801381D084254435F55534454940E0342544311D4CF3B04555344540C849CD404"),
        (new SettlementTakenUp("BTC_USDT", 903), "01F6878AFCBE6801300B084254435F555344548E0E"),
        (new OrderTriggered("BTC_USDT", 905, 4_294_967_300), "01F6878AFCBE68013C10084254435F55534454920E8880808020"),
        (new EntryArmed(4_294_967_302, 1, "e-1", PositionSide.Short, 5_000, 1_000,
            new PositionLevels(24_000, 20_000, TrailUnit.BasisPoints, 150, 1_795_244_400_000), 23_500, TriggerDirection.Rising, 250.5m),
            "01F6878AFCBE68013D268C808080200203652D3101018827D00F80F702C0B80202AC0280F6BCCEBF6898EF020103C913"),
        (new EntryFired(4_294_967_302, 1, 23_500, 23_512),
            "01F6878AFCBE68013E0C8C808080200298EF02B0EF02"),
        (new EntryCancelled(4_294_967_302, 1, Reason.EntryExpired),
            "01F6878AFCBE68013F088C8080802002CC09"),
        (new EntryDecided("SOL_USDC", 906, 4, 4_294_967_302, "e-1", PositionSide.Short, 1_000, "USDC", 235, 235.12m, 5_000, 250.25m,
            499_999.5m, Reason.SlippageTooLarge),
            "01F6878AFCBE6801403208534F4C5F55534443940E088C8080802003652D3101D00F045553444301EB0105D8B70101882705C1C30103BB96B102BE09"),
        (new TradingStopped(StopKind.Emergency, "ann@example.org", "fire"),
            "01F6878AFCBE68016416020F616E6E406578616D706C652E6F72670466697265"),
        (new TradingResumed("ann@example.org"), "01F6878AFCBE680165100F616E6E406578616D706C652E6F7267"),
        (new AccountFrozen("ann@example.org", "why"), "01F6878AFCBE680166140F616E6E406578616D706C652E6F726703776879"),
        (new AccountUnfrozen("ann@example.org", "why"), "01F6878AFCBE680167140F616E6E406578616D706C652E6F726703776879"),
        (new BalanceAdjusted("a-1", "USDT", -12.5m, "ann@example.org", "gift taken back"),
            "01F6878AFCBE6801682B03612D310455534454047D0F616E6E406578616D706C652E6F72670F676966742074616B656E206261636B"),
    ];

    [Fact]
    public void A_market_that_was_listed_before_there_were_price_multipliers_has_the_usual_ones()
    {
        const string Older = "01F6878AFCBE6801014402084254435F55534454034254430455534454101005010B018084AF5F0280A4A7DA0680ECB80B01051418C801"
            + "9003904E010973696D756C617465640742544355534454";

        var listed = (MarketListed)EventCodec.Decode(Convert.FromHexString(Older)).Events.Single();

        Assert.Equal(Market with { PriceMultipliers = PriceMultipliers.Default }, listed.Market);
    }

    /// <summary>Fields that came later, of events that are shorter without them.</summary>
    private static readonly (DomainEvent Event, string Bytes)[] Later =
    [
        (new ConditionalArmed(4_294_967_300, 1, "sl-1", ConditionalType.StopLoss, Side.Buy, TimeInForce.GoodTillCancelled, 24_000, 0, 0, 0,
            150_000, 0, 0, SelfTradePrevention.None, 0, 540_000.5m),
            "01F6878AFCBE68011E2088808080200204736C2D3100000080F702000000E0A7120000000003C5CBC902"),
        (new OrderPlaced(4_294_967_300, "sl-1", "BTC_USDT", Side.Sell, OrderType.StopLossLimit, TimeInForce.GoodTillCancelled,
            59_900, 1.5m, 0, 0, SelfTradePrevention.None, "BTC", 0, 60_000, 50, 4_294_967_299, "pair-1", -77),
            "01F6878AFCBE68012A37888080802004736C2D31084254435F5553445401040001FCD303030F000000034254430001E0D4036486808080200670"
            + "6169722D319901"),
        (new OrderEnded("BTC_USDT", 902, 4_294_967_299, OrderStatus.Expired, Reason.PairDone, 0, 1.5m),
            "01F6878AFCBE68012C16084254435F555344548C0E868080802004C80900030F"),
        (new PositionRequested(4_294_967_302, "e-1", "SOL_USDC", PositionSide.Short, 5_000, 1_000, default, "USDC", 5_250.5m,
            23_500, TriggerDirection.Falling),
            "01F6878AFCBE6801312A8C8080802003652D3108534F4C5F5553444301018827D00F0000000000045553444303999A0398EF0201"),
    ];

    public static TheoryData<int> LaterEvents => [.. Enumerable.Range(0, Later.Length)];

    [Theory]
    [MemberData(nameof(LaterEvents))]
    public void Fields_that_came_later_go_last(int which)
    {
        var (golden, bytes) = Later[which];

        Assert.Equal(bytes, Convert.ToHexString(EventCodec.Encode(new EventBatch(1_795_158_000_123, [golden]))));
        Assert.Equal(golden, EventCodec.Decode(Convert.FromHexString(bytes)).Events.Single());
    }

    public static TheoryData<string> EventNames => [.. SampleEvents.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_event_is_written_and_read_as_it_always_was(string name)
    {
        var (golden, bytes) = Golden.Single(pair => pair.Event.GetType().Name == name);
        var batch = new EventBatch(1_795_158_000_123, [golden]);

        Assert.Equal(bytes, Convert.ToHexString(EventCodec.Encode(batch)));

        var read = EventCodec.Decode(Convert.FromHexString(bytes));
        Assert.Equal(batch.AtMs, read.AtMs);
        Assert.Equal(golden, read.Events.Single());
    }
}
