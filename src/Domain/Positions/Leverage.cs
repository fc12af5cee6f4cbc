using System.Globalization;

namespace Exchange.Domain.Positions;

/// <summary>How many times its margin a position is worth, in tenths: 10 is 1x, 1000 is 100x.</summary>
public readonly record struct Leverage(int Tenths)
{
    public const int Scale = 10;

    public decimal Factor => Tenths / (decimal)Scale;

    public static Leverage Of(decimal factor) => new((int)(factor * Scale));

    /// <summary>False for what has more than one decimal place or is not at least 1.</summary>
    public static bool TryFrom(decimal factor, out Leverage leverage)
    {
        leverage = default;
        if (factor is < 1 or > int.MaxValue / Scale || decimal.Truncate(factor * Scale) != factor * Scale)
            return false;
        leverage = Of(factor);
        return true;
    }

    public bool IsWithin(int factorMax) => Tenths >= Scale && Tenths <= (long)factorMax * Scale;

    public override string ToString() => Factor.ToString("0.#", CultureInfo.InvariantCulture) + "x";
}
