using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Keys;

/// <summary>
/// Authenticates a request that carries an API key: its parameters timestamp, recvWindow and signature are checked and taken away,
/// so that the route sees only what is its own.
/// </summary>
internal sealed class SignatureCheck(KeyRing keys, TimeProvider clock)
{
    public const string KeyHeader = "X-MBX-APIKEY";

    private const long DefaultWindowMs = 5_000;
    private const long WindowMaxMs = 60_000;
    private const long ClockLeadMaxMs = 1_000;

    public async ValueTask<Authenticated> AuthenticateAsync(HttpRequest request)
    {
        var header = request.Headers[KeyHeader];
        if (header.Count != 1 || await keys.FindAsync(header[0]!) is not { } key)
            return new(null, EdgeErrors.InvalidApiKey);
        if (!key.Allows(request.HttpContext.Connection.RemoteIpAddress))
            return new(null, EdgeErrors.AddressNotAllowed);

        var (body, tooLarge) = await PeekBodyAsync(request);
        if (tooLarge is not null)
            return new(null, tooLarge);
        var query = request.QueryString.HasValue ? request.QueryString.Value![1..] : "";
        var parameters = SignedParameters.Read(query);
        var refusal = parameters.HasDuplicates
            ? EdgeErrors.DuplicateField
            : RefuseTime(parameters.Timestamp, parameters.RecvWindow) ?? RefuseSignature(parameters.Signature, parameters.Signed, body, key.Secret);
        if (refusal is not null)
            return new(null, refusal);
        request.QueryString = parameters.Rest.Length > 0 ? new QueryString("?" + parameters.Rest) : default;
        return new(key.Caller, null);
    }

    /// <summary>The same on a socket, where the parameters are fields.</summary>
    public async ValueTask<Authenticated> AuthenticateAsync(SocketSignIn signIn, IPAddress? address)
    {
        if (await keys.FindAsync(signIn.ApiKey) is not { } key)
            return new(null, EdgeErrors.InvalidApiKey);
        if (!key.Allows(address))
            return new(null, EdgeErrors.AddressNotAllowed);
        var refusal = RefuseTime(signIn.Timestamp, signIn.RecvWindow.Length > 0 ? signIn.RecvWindow : null)
            ?? RefuseSignature(signIn.Signature, signIn.Signed, ReadOnlySequence<byte>.Empty, key.Secret);
        return new(refusal is null ? key.Caller : null, refusal);
    }

    private Refusal? RefuseTime(string? timestampText, string? windowText)
    {
        var window = DefaultWindowMs;
        if (windowText is { } text && (!StrictId.TryParse(text, out window) || window > WindowMaxMs))
            return EdgeErrors.InvalidField.With("parameter", "recvWindow");
        if (timestampText is null)
            return EdgeErrors.MissingField.With("parameter", "timestamp");
        if (!StrictId.TryParse(timestampText, out var timestamp))
            return EdgeErrors.InvalidField.With("parameter", "timestamp");
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return timestamp < now + ClockLeadMaxMs && now - timestamp <= window ? null : EdgeErrors.UntimelyRequest;
    }

    private static Refusal? RefuseSignature(string? signature, string signed, ReadOnlySequence<byte> body, byte[] secret)
    {
        if (signature is null)
            return EdgeErrors.MissingField.With("parameter", "signature");
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature.Length != given.Length * 2
            || Convert.FromHexString(signature, given, out _, out _) != OperationStatus.Done)
            return EdgeErrors.InvalidSignature;
        return CryptographicOperations.FixedTimeEquals(given, Sign(signed, body, secret)) ? null : EdgeErrors.InvalidSignature;
    }

    private static byte[] Sign(string query, ReadOnlySequence<byte> body, byte[] secret)
    {
        var head = Encoding.UTF8.GetByteCount(query);
        var length = head + (int)body.Length;
        var text = ArrayPool<byte>.Shared.Rent(length);
        Encoding.UTF8.GetBytes(query, text);
        body.CopyTo(text.AsSpan(head));
        var signature = HMACSHA256.HashData(secret, text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
        return signature;
    }

    /// <summary>The whole body, left in the connection's buffers for the route to read again.</summary>
    private static async ValueTask<(ReadOnlySequence<byte> Body, Refusal? Refusal)> PeekBodyAsync(HttpRequest request)
    {
        if (!RequestBody.IsPresent(request))
            return (ReadOnlySequence<byte>.Empty, null);
        if (request.ContentLength > RequestBody.MaxBytes)
            return (ReadOnlySequence<byte>.Empty, EdgeErrors.BodyTooLarge);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.Buffer.Length > RequestBody.MaxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return (ReadOnlySequence<byte>.Empty, EdgeErrors.BodyTooLarge);
            }
            if (read.IsCompleted)
            {
                var copy = new ReadOnlySequence<byte>(read.Buffer.ToArray());
                request.BodyReader.AdvanceTo(read.Buffer.Start);
                return (copy, null);
            }
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
