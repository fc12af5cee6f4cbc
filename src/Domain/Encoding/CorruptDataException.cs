namespace Exchange.Domain.Encoding;

/// <summary>Stored bytes are not what this program ever wrote: truncated, damaged, or written by a newer format.</summary>
public sealed class CorruptDataException(string message) : Exception(message);
