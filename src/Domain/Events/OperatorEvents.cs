using Exchange.Domain.Markets;

namespace Exchange.Domain.Events;

/// <summary>In the directory's stream: no market trades any more, whatever its own status, until this is taken back.</summary>
public sealed record TradingStopped(StopKind Kind, string By, string Why) : DomainEvent;

public sealed record TradingResumed(string By) : DomainEvent;

/// <summary>In an account's stream: its owner may look and cancel, and nothing else.</summary>
public sealed record AccountFrozen(string By, string Why) : DomainEvent;

public sealed record AccountUnfrozen(string By, string Why) : DomainEvent;

/// <summary>An operator gave money, or took some away.</summary>
public sealed record BalanceAdjusted(string AdjustmentId, string Asset, decimal Amount, string By, string Why) : DomainEvent;
