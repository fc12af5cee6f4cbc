using System.Text.Json;

namespace Exchange.Silo.Adapters;

/// <summary>What a grain's state looks like in storage, whichever engine writes it.</summary>
internal static class StateJson
{
    public static byte[] Write<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state);

    public static T Read<T>(ReadOnlySpan<byte> payload) => JsonSerializer.Deserialize<T>(payload)!;
}
