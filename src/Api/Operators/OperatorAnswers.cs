namespace Exchange.Api.Operators;

/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Uptime">Milliseconds since the process started to serve.</param>
public sealed record WorkerHealth(
    bool IsHealthy, string Status, long Uptime, TradingState Trading, IReadOnlyDictionary<string, Health.ComponentHealth> Components);

/// <param name="Kind">none, shutdown or emergency.</param>
/// <param name="By">Who stopped it.</param>
public sealed record TradingState(bool IsStopped, string Kind, string By, string Reason, long Since);

/// <summary>Everything that the console shows, at one moment. Rates are those since the sample before.</summary>
/// <param name="Dashboard">Where the engine has a dashboard of its own.</param>
public sealed record MonitorSample(
    long Time,
    string Status,
    TradingState Trading,
    MonitorTotals Totals,
    JournalFigures Journal,
    IReadOnlyList<SiloFigures> Silos,
    IReadOnlyList<SymbolFigures> Symbols,
    string? Dashboard);

/// <param name="Errors">Answers with a status of 500 or above since the start, from this silo.</param>
public sealed record MonitorTotals(
    double OrdersPerSecond,
    double CancelsPerSecond,
    double FillsPerSecond,
    double ClosuresPerSecond,
    int OpenOrders,
    int OpenPositions,
    int ArmedTriggers,
    int Queued,
    int Retrying,
    long DeadLetters,
    long Errors,
    long Requests);

/// <summary>Of the silo that answers.</summary>
/// <param name="FlushMs">The mean since the sample before.</param>
/// <param name="AppendsPerFlush">The mean since the sample before.</param>
public sealed record JournalFigures(
    double FlushMs, double AppendsPerFlush, double FlushesPerSecond, long Queue, long FlushFailures, long Conflicts, double ReadModelLagMs);

public sealed record SiloFigures(string Silo, int Activations, IReadOnlyDictionary<string, int> ByKind);

/// <param name="Market">TRADING, HALTED or DELISTED.</param>
/// <param name="IsActive">False where nobody needs it; all figures are then zero.</param>
/// <param name="Feed">NONE, LIVE, STALE, RESYNCHRONISING or DOWN.</param>
/// <param name="Queued">Settlements that wait for their accounts.</param>
/// <param name="LatencyMs">From the decision to the disk, the mean since the sample before.</param>
public sealed record SymbolFigures(
    string Symbol,
    string Market,
    bool IsActive,
    string Venue,
    string Feed,
    long FeedAgeMs,
    decimal BidPrice,
    decimal AskPrice,
    decimal LastPrice,
    decimal MarkPrice,
    int OpenOrders,
    int OpenPositions,
    int ConditionalOrders,
    int ArmedTriggers,
    int Queued,
    int Retrying,
    double OrdersPerSecond,
    double FillsPerSecond,
    double ClosuresPerSecond,
    double LatencyMs,
    double LatencyMsMax,
    long Sequence,
    long ActiveSince);

public sealed record QueueFigures(IReadOnlyList<QueueInfo> Queues);

/// <param name="Name">outbox, retry or deadLetters.</param>
public sealed record QueueInfo(string Name, long Waiting, IReadOnlyDictionary<string, long> BySymbol);

public sealed record PriceFigures(IReadOnlyList<PriceInfo> Prices);

public sealed record PriceInfo(
    string Symbol, string Venue, string Feed, long AgeMs, decimal BidPrice, decimal AskPrice, decimal LastPrice, decimal MarkPrice);

/// <summary>Positions closed since the symbols came alive.</summary>
public sealed record ClosureFigures(long Total, double PerSecond, IReadOnlyDictionary<string, long> ByCause, IReadOnlyList<SymbolClosures> BySymbol);

public sealed record SymbolClosures(string Symbol, long Since, long Total, IReadOnlyDictionary<string, long> ByCause);

/// <summary>An open order, or a position with what it is watched for. Levels are null where they are not set.</summary>
/// <param name="Kind">order or position.</param>
public sealed record JobInfo(
    string Id,
    string Kind,
    string UserId,
    string Symbol,
    string Side,
    string State,
    decimal Quantity,
    decimal? Price,
    decimal? StopLoss,
    decimal? TakeProfit,
    decimal? TrailingLevel,
    decimal? LiquidationPrice,
    long? ExpiresAt,
    long CreatedAt);

/// <param name="Silos">How many silos confirmed that they know.</param>
/// <param name="SilentSilos">How many did not; they learn it within a minute.</param>
public sealed record StopOutcome(string Message, bool Changed, int Silos, int SilentSilos);

public sealed record WorkersOutcome(string Message, int Symbols, bool IsSettled);

public sealed record SymbolList(TradingState Trading, IReadOnlyList<SymbolFigures> Symbols);

public sealed record UserPage(IReadOnlyList<UserInfo> Users, string? NextCursor);

public sealed record UserInfo(string UserId, string Email, long OpenedAt);

public sealed record UserDetails(
    string UserId, string Email, bool IsFrozen, string FrozenReason, int OpenOrders, int OpenPositions, IReadOnlyList<Accounts.Balance> Balances);

public sealed record Adjusted(Accounts.Balance Balance);

public sealed record MakerList(IReadOnlyList<MakerInfo> MarketMakers);

/// <param name="IsAllowed">False where the configuration has switched all market makers off.</param>
/// <param name="State">OFF, QUOTING, REFERENCE_STALE, MARKET_CLOSED or REFUSED.</param>
/// <param name="Reference">FIXED, WALK or MARKET.</param>
public sealed record MakerInfo(
    string Symbol,
    string UserId,
    bool IsAllowed,
    bool Enabled,
    string State,
    string Reason,
    int Levels,
    int HalfSpreadBps,
    int StepBps,
    int SkewBps,
    int RequoteBps,
    decimal LevelQuantity,
    int GrowthPercent,
    decimal PositionMax,
    decimal ExposureMax,
    string Reference,
    decimal ReferencePrice,
    int ReferenceRangeBps,
    string ReferenceSymbol,
    decimal ReferenceFactor,
    decimal QuotedAround,
    long ReferenceAt,
    decimal Position,
    decimal Exposure,
    int OpenQuotes,
    long Placed,
    long Cancelled);
