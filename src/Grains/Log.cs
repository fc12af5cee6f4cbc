using Microsoft.Extensions.Logging;

namespace Exchange.Grains;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Stream} is active from snapshot {Snapshot} and {Replayed} journal records in {Elapsed}")]
    public static partial void Activated(ILogger logger, string stream, long snapshot, long replayed, TimeSpan elapsed);

    [LoggerMessage(2, LogLevel.Warning, "{Stream} gives its memory up and starts over from its journal")]
    public static partial void StartsOver(ILogger logger, Exception exception, string stream);

    [LoggerMessage(3, LogLevel.Warning, "{Stream} could not save a snapshot; it goes on with its journal")]
    public static partial void SnapshotFailed(ILogger logger, Exception exception, string stream);

    [LoggerMessage(4, LogLevel.Warning, "{Symbol} could not deliver settlements to account {Account}, try {Attempt}")]
    public static partial void SettlementFailed(ILogger logger, Exception exception, string symbol, long account, int attempt);

    [LoggerMessage(5, LogLevel.Error, "{Symbol} put record {Sequence} for account {Account} on the dead-letter list: {Reason}")]
    public static partial void SettlementRefused(ILogger logger, string symbol, long sequence, long account, Domain.Reason reason);

    [LoggerMessage(6, LogLevel.Warning, "Account {Account} could not learn from {Symbol} what became of its orders")]
    public static partial void ReconcileFailed(ILogger logger, Exception exception, long account, string symbol);

    [LoggerMessage(7, LogLevel.Warning, "{Symbol} could not learn its venue's past and goes on without")]
    public static partial void NoVenuePast(ILogger logger, Exception exception, string symbol);

    [LoggerMessage(80, LogLevel.Information, "{Venue} and the configuration name {Markets} markets; the venue said so at {At}")]
    public static partial void VenueListed(ILogger logger, string venue, int markets, DateTimeOffset at);

    [LoggerMessage(81, LogLevel.Warning, "The markets of {Venue} are not known; those that are listed already, or configured, go on")]
    public static partial void NoVenueListing(ILogger logger, Exception exception, string venue);

    [LoggerMessage(8, LogLevel.Information, "Woke {Woken} of {Symbols} symbols and {Portfolios} portfolios with open work")]
    public static partial void Swept(ILogger logger, int woken, int symbols, int portfolios);

    [LoggerMessage(9, LogLevel.Warning, "The sweep for open work failed and will be repeated")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "Account {Account} could not hand order {OrderId} to {Symbol}, try {Attempt}")]
    public static partial void SubmitFailed(ILogger logger, Exception exception, long account, long orderId, string symbol, int attempt);

    [LoggerMessage(11, LogLevel.Warning, "{Name} could not be woken and will be tried again")]
    public static partial void WakeFailed(ILogger logger, Exception exception, string name);

    [LoggerMessage(12, LogLevel.Warning, "Account {Account} could not tell its owner of {Key}, try {Attempt}")]
    public static partial void AnnouncementFailed(ILogger logger, Exception exception, long account, string key, int attempt);

    [LoggerMessage(13, LogLevel.Error, "Account {Account} put {Key} on the dead-letter list")]
    public static partial void AnnouncementBuried(ILogger logger, long account, string key);

    [LoggerMessage(14, LogLevel.Debug, "Account {Account} stopped telling its owner what happened")]
    public static partial void AnnouncingStopped(ILogger logger, Exception exception, long account);

    [LoggerMessage(15, LogLevel.Warning, "Silo {Silo} is gone; what was awake there is woken elsewhere")]
    public static partial void SiloGone(ILogger logger, SiloAddress silo);

    [LoggerMessage(16, LogLevel.Warning, "Taking over from a silo that is gone failed and will be tried again")]
    public static partial void TakeOverFailed(ILogger logger, Exception exception);

    [LoggerMessage(17, LogLevel.Warning, "The list of markets could not be read; the silo joins once it can be")]
    public static partial void CatalogUnread(ILogger logger, Exception exception);

    [LoggerMessage(90, LogLevel.Warning, "Account {Account} could not go on with its reset {ResetId} and will try again")]
    public static partial void ResetHeldUp(ILogger logger, Exception exception, long account, string resetId);

    [LoggerMessage(91, LogLevel.Warning, "Account {Account} could not be valued; the next change or day tries again")]
    public static partial void NotValued(ILogger logger, Exception exception, long account);

    [LoggerMessage(92, LogLevel.Warning, "The daily round of account values was cut off and will begin again")]
    public static partial void DailyRoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(60, LogLevel.Warning, "The market maker of {Symbol} failed and tries again")]
    public static partial void MakerFailed(ILogger logger, Exception exception, string symbol);

    [LoggerMessage(61, LogLevel.Information, "The market maker of {Symbol} is in state {State}")]
    public static partial void MakerChanged(ILogger logger, string symbol, Interfaces.MarketMaking.MakerState state);

    [LoggerMessage(62, LogLevel.Warning, "The market maker of {Symbol} was refused and rests: {Reason}")]
    public static partial void MakerRefused(ILogger logger, string symbol, Domain.Reason reason);

    [LoggerMessage(18, LogLevel.Warning, "The market directory cannot be reached; it is asked again")]
    public static partial void DirectoryOutOfReach(ILogger logger, Exception exception);
}
