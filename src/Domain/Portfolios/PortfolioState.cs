namespace Exchange.Domain.Portfolios;

/// <summary>What a snapshot is written from.</summary>
internal sealed record PortfolioState(
    long Account,
    string Email,
    bool IsOpened,
    long LastOrderCounter,
    IReadOnlyList<Balance> Balances,
    IReadOnlyDictionary<string, long> Marks,
    IReadOnlyList<OpenOrder> OpenOrders,
    Recent<string, FinishedOrder> Finished,
    Recent<string, Deposit> Deposits,
    SetAside SetAside);
