namespace Exchange.Domain.Events;

/// <summary>The owner starts over: until <see cref="ResetFinished"/> the account takes on nothing new.</summary>
public sealed record ResetStarted(string ResetId) : DomainEvent;

/// <summary>Paper money that the exchange takes back; the opposite of a deposit.</summary>
public sealed record FundsWithdrawn(string RequestId, string Asset, decimal Amount) : DomainEvent;

/// <summary>Nothing is open and nothing is left: the account is as new, but for its history.</summary>
public sealed record ResetFinished(string ResetId) : DomainEvent;
