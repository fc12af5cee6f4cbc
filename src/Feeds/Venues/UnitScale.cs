namespace Exchange.Feeds.Venues;

/// <summary>Turns a venue's decimal text into whole units of a step (a tick, a lot), in integers all the way.</summary>
internal sealed class UnitScale
{
    private const int ScaleMax = 28;
    private static readonly UInt128[] PowersOfTen = Powers();

    private readonly ulong _stepMantissa;
    private readonly int _stepScale;

    /// <summary>For a text with so many digits after the point: what to divide its digits by, 0 where that is not simple.</summary>
    private readonly ulong[] _divisors = new ulong[ScaleMax + 1];

    public UnitScale(decimal step)
    {
        if (step <= 0)
            throw new ArgumentOutOfRangeException(nameof(step), step, "A step must be positive.");
        Step = step;
        step /= 1.0000000000000000000000000000m;
        _stepScale = step.Scale;
        _stepMantissa = (ulong)(step * Pow10(_stepScale));
        for (int scale = _stepScale; scale <= ScaleMax; scale++)
        {
            var divisor = PowersOfTen[scale - _stepScale] * _stepMantissa;
            _divisors[scale] = divisor <= ulong.MaxValue ? (ulong)divisor : 0;
        }
    }

    public decimal Step { get; }

    /// <summary>The whole units, the rest cut off; <paramref name="isExact"/> says whether there was none.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out long units, out bool isExact)
    {
        units = 0;
        isExact = false;
        if (!DecimalText.TryRead(text, out ulong mantissa, out int scale) || scale > ScaleMax)
            return false;
        ulong divisor = _divisors[scale];
        if (divisor == 0)
            return TryConvert(mantissa, scale, out units, out isExact);
        ulong quotient = mantissa / divisor;
        isExact = quotient * divisor == mantissa;
        units = (long)quotient;
        return units >= 0;
    }

    public bool TryParseUp(ReadOnlySpan<byte> text, out long units)
    {
        bool parsed = TryParse(text, out units, out bool isExact);
        if (parsed && !isExact)
            units++;
        return parsed;
    }

    public bool TryParseNearest(ReadOnlySpan<byte> text, out long units)
    {
        units = 0;
        if (!DecimalText.TryRead(text, out ulong mantissa, out int scale) || mantissa > ulong.MaxValue / 2 || scale > ScaleMax)
            return false;
        if (!TryConvert(mantissa * 2, scale, out long halves, out _))
            return false;
        units = (halves + 1) / 2;
        return true;
    }

    private bool TryConvert(ulong mantissa, int scale, out long units, out bool isExact)
    {
        var dividend = (UInt128)mantissa;
        var divisor = (UInt128)_stepMantissa;
        if (scale < _stepScale)
            dividend *= PowersOfTen[Math.Min(_stepScale - scale, 19)];
        else
            divisor *= PowersOfTen[scale - _stepScale];
        var (quotient, rest) = UInt128.DivRem(dividend, divisor);
        isExact = rest == 0;
        units = quotient <= long.MaxValue ? (long)quotient : 0;
        return quotient <= long.MaxValue && _stepScale - scale <= 19;
    }

    private static decimal Pow10(int exponent)
    {
        decimal power = 1;
        for (int i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    private static UInt128[] Powers()
    {
        var powers = new UInt128[ScaleMax + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
