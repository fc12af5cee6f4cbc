namespace Exchange.Domain.Events;

/// <summary>Something that has been decided. Events are journaled before anyone hears of them and never change afterwards.</summary>
public abstract record DomainEvent;

/// <summary>What one append to a stream carries: the events that happened together, and when (Unix milliseconds).</summary>
public sealed record EventBatch(long AtMs, IReadOnlyList<DomainEvent> Events);
