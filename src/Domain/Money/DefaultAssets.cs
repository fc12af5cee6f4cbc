namespace Exchange.Domain.Money;

/// <summary>What a new exchange knows to hold.</summary>
public static class DefaultAssets
{
    public static IReadOnlyList<Asset> All { get; } =
    [
        new("BTC", 8, DepositMax: 100, BalanceMax: 10_000),
        new("ETH", 8, DepositMax: 2_000, BalanceMax: 200_000),
        new("SOL", 8, DepositMax: 50_000, BalanceMax: 5_000_000),
        new("USDT", 8, DepositMax: 10_000_000, BalanceMax: 1_000_000_000),
        new("USDC", 8, DepositMax: 10_000_000, BalanceMax: 1_000_000_000),
        new("TATA", 0, DepositMax: 1_000_000, BalanceMax: 100_000_000),
        new("INR", 2, DepositMax: 1_000_000_000, BalanceMax: 100_000_000_000),
    ];

    public static Asset? Find(string code)
    {
        foreach (var asset in All)
        {
            if (asset.Code == code)
                return asset;
        }

        return null;
    }
}
