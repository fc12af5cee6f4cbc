namespace Exchange.Grains.Interfaces;

/// <summary>
/// The grain could not make its decision durable, or does not know whether it did, and starts over from its journal.
/// Asking again, with the same id, is safe.
/// </summary>
[GenerateSerializer, Alias("Exchange.StateUnavailableException")]
public sealed class StateUnavailableException : Exception
{
    public StateUnavailableException()
    {
    }

    public StateUnavailableException(string message)
        : base(message)
    {
    }

    public StateUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
