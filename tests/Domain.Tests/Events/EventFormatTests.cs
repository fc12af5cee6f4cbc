using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

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
    };

    private static readonly (DomainEvent Event, string Bytes)[] Golden =
    [
        (new MarketListed(Market),
            "01F6878AFCBE6801014402084254435F55534454034254430455534454101005010B018084AF5F0280A4A7DA0680ECB80B01051418C8019003904E01" +
            "0973696D756C617465640742544355534454"),
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
        (new AccountOpened(2_097_151, "ann@example.org"), "01F6878AFCBE68012814FEFFFF010F616E6E406578616D706C652E6F7267"),
        (new FundsDeposited("d-1", "USDT", 10_000), "01F6878AFCBE6801290C03642D31045553445401904E"),
        (new OrderPlaced(4_294_967_297, "my-1", "BTC_USDT", Side.Buy, OrderType.Limit, TimeInForce.ImmediateOrCancel,
            65_123.45m, 1.5m, 0, 0.1m, SelfTradePrevention.ExpireTaker, "USDT", 97_685.175m),
            "01F6878AFCBE68012A2B8280808020046D792D31084254435F5553445400000105D9BD8D03030F00030102045553445407B79DCA2E"),
        (new FillSettled("BTC_USDT", 901, 2, 77, 4_294_967_297, "BTC", 1.4985m, "USDT", -97_685.175m, "BTC", 0.0015m, 0.01m),
            "01F6878AFCBE68012B2C084254435F555344548A0E049A01828080802003425443098975045553445408B79DCA2E03425443090F0501"),
        (new OrderEnded("BTC_USDT", 902, 4_294_967_297, OrderStatus.Cancelled, Reason.CancelledByUser, 12.345m),
            "01F6878AFCBE68012C16084254435F555344548C0E828080802003E00407B960"),
        (new OrderReduced("BTC_USDT", 902, 4_294_967_297, 0.25m, 0.5m), "01F6878AFCBE68012E14084254435F555344548C0E828080802005190305"),
        (new SettledUpTo("BTC_USDT", 903), "01F6878AFCBE68012D0B084254435F555344548E0E"),
    ];

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
