using System.Text.Json;
using Exchange.Api.Json;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Errors;

/// <summary>The one place where an error becomes bytes.</summary>
internal static class ErrorWriter
{
    public static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }
        SayWhenToComeAgain(http, refusal.Error);
        return JsonResponse.SendAsync(http, refusal.Error.Status, refusal, Write);
    }

    /// <summary>For answers in an envelope of their own as well.</summary>
    public static void SayWhenToComeAgain(HttpContext http, ApiError error)
    {
        if (error.Status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "1";
    }

    private static void Write(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartObject();
        WriteError(json, refusal);
        json.WriteEndObject();
    }

    public static void WriteError(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, refusal.Error.Code);
        json.WriteString("message"u8, refusal.Message ?? refusal.Error.Message);
        if (refusal.Details.Length > 0)
        {
            json.WriteStartObject("details"u8);
            foreach (var (name, value) in refusal.Details)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
