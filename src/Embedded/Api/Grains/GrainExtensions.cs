namespace Orleans;

public static class GrainExtensions
{
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        if (grain is TGrainInterface already and GrainReference)
            return already;

        var reference = grain as GrainReference ?? ContextOf(grain).GrainReference;
        return (TGrainInterface)(object)reference.CastTo(typeof(TGrainInterface));
    }

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain is GrainReference reference ? reference.GrainId : ContextOf(grain).GrainId;
    }

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    public static long GetPrimaryKeyLong(this IAddressable grain)
    {
        var grainId = grain.GetGrainId();
        return grainId.TryGetIntegerKey(out var key)
            ? key
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {grainId}");
    }

    private static IGrainContext ContextOf(IAddressable grain) => grain is IGrainBase activated
        ? activated.GrainContext
        : throw new ArgumentException($"{grain.GetType().FullName} is neither a grain nor a reference to one.", nameof(grain));
}
