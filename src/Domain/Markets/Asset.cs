namespace Exchange.Domain.Markets;

public sealed record Asset(string Code, int Precision);
