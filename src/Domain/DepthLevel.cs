namespace Exchange.Domain;

/// <summary>A price in ticks and the lots that are shown there.</summary>
public readonly record struct DepthLevel(long Price, long Lots);
