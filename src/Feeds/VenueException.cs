namespace Exchange.Feeds;

/// <summary>A venue did not give what it was asked for; the message says why.</summary>
public sealed class VenueException(string message, Exception? inner = null) : Exception(message, inner);
