using System.Text.Json;

namespace Exchange.Feeds.Venues;

/// <summary>Reads answers that come seldom, where clarity matters and speed does not.</summary>
internal static class VenueJson
{
    /// <summary>Whatever is wrong with the answer is the venue's failure, not ours.</summary>
    public static T Read<T>(byte[] answer, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or IndexOutOfRangeException or ArgumentException)
        {
            throw new VenueException($"an answer could not be read: {exception.Message}", exception);
        }
    }
}
