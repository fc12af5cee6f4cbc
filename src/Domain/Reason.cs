namespace Exchange.Domain;

/// <summary>
/// Why something was refused or ended. Numbered by area, so a number keeps its meaning in journals and logs:
/// 1xx the request, 2xx the market, 3xx the order, 4xx funds, 5xx the account, 6xx positions and triggers,
/// 9xx the system.
/// </summary>
public enum Reason : short
{
    None = 0,

    InvalidRequest = 100,
    InvalidPrice = 101,
    InvalidQuantity = 102,
    InvalidAmount = 103,
    InvalidClientOrderId = 104,
    UnsupportedCombination = 105,

    /// <summary>This request's id was used before, for something else.</summary>
    DuplicateRequest = 106,

    UnknownSymbol = 200,
    UnknownAsset = 201,
    MarketHalted = 202,
    MarketDataStale = 203,
    NoLiquidity = 204,
    InvalidMarket = 205,
    FilterPrice = 210,
    FilterLotSize = 211,
    FilterNotional = 212,
    FilterMaxOpenOrders = 213,
    FilterPercentPrice = 214,
    FilterIcebergParts = 215,

    /// <summary>An operator wanted to end a market where positions are open.</summary>
    MarketHasPositions = 230,
    MarketDelisted = 231,

    UnknownOrder = 300,
    DuplicateOrder = 301,
    WouldTakeLiquidity = 302,
    OrderAlreadyDone = 303,
    CancelledByUser = 304,
    RemainderExpired = 305,
    FillOrKillUnfilled = 306,
    SelfTrade = 307,
    BudgetSpent = 308,
    ProtectionPriceReached = 309,
    NeverReachedMarket = 310,
    FilterMaxArmedOrders = 320,
    UnknownOrderList = 321,

    InsufficientBalance = 400,
    DepositLimit = 401,

    UnknownAccount = 500,
    AccountFrozen = 501,
    AccountExists = 502,

    /// <summary>It is starting over and takes on nothing until that is done.</summary>
    AccountResetting = 510,
    ResetTooSoon = 511,
    TooManyKeys = 512,

    InvalidLeverage = 600,

    /// <summary>Not on the losing side of the price that the position could be closed at.</summary>
    StopLossWrongSide = 601,

    /// <summary>Not on the winning side of it.</summary>
    TakeProfitWrongSide = 602,
    StopLossBeyondLiquidation = 603,
    InvalidTrailing = 604,
    InvalidExpiry = 605,
    MarginTooSmall = 606,
    SlippageTooLarge = 607,
    UnknownPosition = 608,
    PositionClosing = 609,
    PositionAlreadyClosed = 610,
    WouldTriggerImmediately = 611,

    /// <summary>The other order of a pair fired or filled.</summary>
    PairDone = 612,
    InvalidStopPrice = 613,

    Unavailable = 900,
    Overloaded = 901,
    Timeout = 902,
}
