namespace Exchange.Domain.Money;

/// <summary>
/// Something that accounts hold. Paper money is free, but bounded: one deposit by <paramref name="DepositMax"/>, and no deposit
/// lifts a balance above <paramref name="BalanceMax"/>, so that sums over all accounts stay exact in 28 digits.
/// </summary>
public sealed record Asset(string Code, int Precision, decimal DepositMax, decimal BalanceMax)
{
    public bool IsWhole(decimal amount) => amount.IsWholeAt(Precision);

    public decimal Quantise(decimal amount, Rounding rounding) => amount.Round(Precision, rounding);
}
