using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Json;

/// <summary>
/// Writes an answer into a buffer of the current thread and copies it to the connection in one go, with its length known.
/// Nothing awaits between taking the buffer and giving it back.
/// </summary>
internal static class JsonResponse
{
    private const string ContentType = "application/json; charset=utf-8";
    private const int LargestKeptBuffer = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    public static Task SendAsync<T>(HttpContext http, int status, T value, Action<Utf8JsonWriter, T> write)
    {
        var json = Begin();
        write(json, value);
        return FinishAsync(http, status, json);
    }

    public static Task SendAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type) =>
        SendAsync(http, StatusCodes.Status200OK, value, type);

    public static Task SendAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<T> type)
    {
        var json = Begin();
        JsonSerializer.Serialize(json, value, type);
        return FinishAsync(http, status, json);
    }

    private static Utf8JsonWriter Begin()
    {
        if (writer is null || buffer is null || buffer.Capacity > LargestKeptBuffer)
        {
            buffer = new ArrayBufferWriter<byte>(4096);
            writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
            return writer;
        }
        buffer.ResetWrittenCount();
        writer.Reset();
        return writer;
    }

    private static Task FinishAsync(HttpContext http, int status, Utf8JsonWriter json)
    {
        json.Flush();
        var body = buffer!.WrittenSpan;
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
        return Task.CompletedTask;
    }
}
