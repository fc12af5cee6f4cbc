namespace Exchange.Domain.Events;

/// <summary>What the journal calls each event. A number is never given to another event.</summary>
internal enum EventNumber : ulong
{
    MarketListed = 1,
    MarketStatusChanged = 2,

    OrderAccepted = 10,
    OrderRested = 11,
    Traded = 12,
    OrderDecremented = 13,
    OrderDone = 14,
    OrderTombstoned = 15,
    CandleClosed = 16,

    PositionOpened = 20,
    PositionChanged = 21,
    MarginAdded = 22,
    FundingFixed = 23,
    FundingPaid = 24,
    PositionClosing = 25,
    PositionUnwound = 26,
    PositionReduced = 27,
    PositionClosed = 28,
    TrailingAdvanced = 29,
    ConditionalArmed = 30,
    ConditionalActivated = 31,
    ConditionalFired = 32,
    ConditionalCancelled = 33,

    AccountOpened = 40,
    FundsDeposited = 41,
    OrderPlaced = 42,
    FillSettled = 43,
    OrderEnded = 44,
    SettledUpTo = 45,
    OrderReduced = 46,
    SettlementSetAside = 47,
    SettlementTakenUp = 48,
    PositionRequested = 49,
    MarginRequested = 50,
    PositionSettled = 51,
    LateFillSettled = 55,
    SettlementDropped = 56,

    OrderTriggered = 60,

    PositionLeft = 70,
    Announced = 71,

    OrderQueued = 80,
    QueueMoved = 81,
    VenueLevelTaken = 82,

    ResetStarted = 90,
    FundsWithdrawn = 91,
    ResetFinished = 92,

    TradingStopped = 100,
    TradingResumed = 101,
    AccountFrozen = 102,
    AccountUnfrozen = 103,
    BalanceAdjusted = 104,
}
