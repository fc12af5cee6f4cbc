namespace Exchange.Domain.Portfolios;

public readonly record struct Balance(string Asset, decimal Available, decimal Held)
{
    public decimal Total => Available + Held;
}
