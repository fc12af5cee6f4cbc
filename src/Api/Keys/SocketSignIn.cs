using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;

namespace Exchange.Api.Keys;

/// <summary>
/// How a program signs in on a socket: what is signed is the other parameters as a query string in the order of the alphabet,
/// <c>apiKey=...&amp;recvWindow=...&amp;timestamp=...</c>.
/// </summary>
internal sealed class SocketSignIn : IJsonRequest<SocketSignIn>
{
    private const int TextLengthMax = 128;

    public string ApiKey = "";
    public string Timestamp = "";
    public string RecvWindow = "";
    public string Signature = "";

    public static FieldSet Fields { get; } = new("apiKey", "timestamp", "recvWindow", "signature");

    public string Signed => RecvWindow.Length > 0
        ? $"apiKey={ApiKey}&recvWindow={RecvWindow}&timestamp={Timestamp}"
        : $"apiKey={ApiKey}&timestamp={Timestamp}";

    public static Refusal? Read(SocketSignIn request, int field, ref Utf8JsonReader reader) => field switch
    {
        0 => ReadField.Text(ref reader, "apiKey", TextLengthMax, out request.ApiKey),
        1 => Number(ref reader, "timestamp", out request.Timestamp),
        2 => Number(ref reader, "recvWindow", out request.RecvWindow),
        _ => ReadField.Text(ref reader, "signature", TextLengthMax, out request.Signature),
    };

    public static Refusal? Complete(SocketSignIn request) =>
        request.ApiKey.Length == 0 ? EdgeErrors.MissingField.With("field", "apiKey")
        : request.Timestamp.Length == 0 ? EdgeErrors.MissingField.With("field", "timestamp")
        : request.Signature.Length == 0 ? EdgeErrors.MissingField.With("field", "signature")
        : null;

    private static Refusal? Number(ref Utf8JsonReader reader, string field, out string text)
    {
        var refusal = ReadField.Id(ref reader, field, out var number);
        text = JsonId.Text(number);
        return refusal;
    }
}
