using Exchange.Domain.Matching;

namespace Exchange.Domain.Tests.Matching;

public enum MatchEventKind
{
    Trade,
    VenueTrade,
    MakerExpired,
    Decremented,
}

public readonly record struct MatchEvent(MatchEventKind Kind, long Maker, long Account, long Price, long Lots, long Left)
{
    public static MatchEvent Trade(long maker, long price, long lots, long left, long account = 1) =>
        new(MatchEventKind.Trade, maker, account, price, lots, left);

    public static MatchEvent VenueTrade(long price, long lots) => new(MatchEventKind.VenueTrade, 0, 0, price, lots, 0);

    public static MatchEvent MakerExpired(long maker, long account, long lots) =>
        new(MatchEventKind.MakerExpired, maker, account, 0, lots, 0);

    public static MatchEvent Decremented(long maker, long account, long lots, long left) =>
        new(MatchEventKind.Decremented, maker, account, 0, lots, left);
}

public readonly struct RecordingSink(List<MatchEvent> events) : IMatchSink
{
    public void Traded(long makerId, long makerAccount, long price, long lots, long makerRemaining) =>
        events.Add(MatchEvent.Trade(makerId, price, lots, makerRemaining, makerAccount));

    public void TradedWithVenue(long price, long lots) => events.Add(MatchEvent.VenueTrade(price, lots));

    public void MakerExpired(long makerId, long makerAccount, long lots) =>
        events.Add(MatchEvent.MakerExpired(makerId, makerAccount, lots));

    public void Decremented(long makerId, long makerAccount, long lots, long makerRemaining) =>
        events.Add(MatchEvent.Decremented(makerId, makerAccount, lots, makerRemaining));
}
