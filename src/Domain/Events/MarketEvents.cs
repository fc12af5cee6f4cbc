using Exchange.Domain.Markets;

namespace Exchange.Domain.Events;

public sealed record MarketListed(Market Market) : DomainEvent;

public sealed record MarketStatusChanged(string Symbol, MarketStatus Status) : DomainEvent;
