namespace Exchange.Domain.Money;

/// <summary>There is no default: whoever rounds money says in whose favour.</summary>
public enum Rounding : byte
{
    /// <summary>Towards zero.</summary>
    Down = 0,

    /// <summary>Away from zero.</summary>
    Up = 1,
}

public static class Roundings
{
    public static decimal Round(this decimal amount, int precision, Rounding rounding) => rounding == Rounding.Down
        ? decimal.Round(amount, precision, MidpointRounding.ToZero)
        : decimal.Round(amount, precision, amount < 0 ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity);

    public static bool IsWholeAt(this decimal amount, int precision) => decimal.Round(amount, precision, MidpointRounding.ToZero) == amount;

    /// <summary>The same number with the shortest scale: 1.5 for 1.500.</summary>
    public static decimal Shortest(this decimal amount) => amount.Scale == 0 ? amount : amount / 1.0000000000000000000000000000m;
}
