namespace Exchange.Domain.Portfolios;

public readonly record struct Balance(string Asset, decimal Available, decimal Held, decimal InPositions = 0)
{
    public decimal Total => Available + Held + InPositions;
}
