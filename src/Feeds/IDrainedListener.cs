namespace Exchange.Feeds;

/// <summary>A listener that can tell whether all it was told has been taken up. A replay that runs ahead of time waits for that.</summary>
internal interface IDrainedListener
{
    bool IsDrained { get; }
}
