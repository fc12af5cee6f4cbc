using System.Globalization;

namespace Orleans.Runtime;

public static class GrainIdKeyExtensions
{
    /// <summary>Integer keys are written in upper case hexadecimal.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    internal static bool TryGetIntegerKey(this GrainId grainId, out long key) =>
        long.TryParse(grainId.Key.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);

    public static long GetIntegerKey(this GrainId grainId) =>
        grainId.TryGetIntegerKey(out var key)
            ? key
            : throw new ArgumentException($"Unable to parse the key of {grainId} as an integer", nameof(grainId));
}
