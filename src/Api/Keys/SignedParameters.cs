using System.Text;

namespace Exchange.Api.Keys;

/// <summary>
/// The parameters of a signed request that belong to the signature, taken out of the raw text. What is signed is the raw query
/// followed by the raw body, percent-encoding as sent, without the signature itself. Where both name a parameter, the query wins.
/// </summary>
internal sealed class SignedParameters
{
    private readonly StringBuilder signed = new();
    private readonly StringBuilder rest = new();

    public string? Timestamp { get; private set; }
    public string? RecvWindow { get; private set; }
    public string? Signature { get; private set; }

    /// <summary>One of them came twice in one place.</summary>
    public bool HasDuplicates { get; private set; }

    public string Signed => signed.ToString();

    /// <summary>The query for the route itself.</summary>
    public string Rest => rest.ToString();

    /// <param name="form">A body of form fields, which may carry parameters too; empty for any other body.</param>
    public static SignedParameters Read(ReadOnlySpan<char> query, ReadOnlySpan<char> form = default)
    {
        var parameters = new SignedParameters();
        parameters.Take(query, parameters.rest);
        var body = new SignedParameters();
        body.Take(form, body.rest);
        parameters.signed.Append(body.signed);
        parameters.Timestamp ??= body.Timestamp;
        parameters.RecvWindow ??= body.RecvWindow;
        parameters.Signature ??= body.Signature;
        parameters.HasDuplicates |= body.HasDuplicates;
        return parameters;
    }

    private void Take(ReadOnlySpan<char> text, StringBuilder others)
    {
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? "" : pair[(equals + 1)..];
            if (name is "signature")
            {
                Signature = Once(Signature, value);
                continue;
            }

            Append(signed, pair);
            if (name is "timestamp")
                Timestamp = Once(Timestamp, value);
            else if (name is "recvWindow")
                RecvWindow = Once(RecvWindow, value);
            else if (pair.Length > 0)
                Append(others, pair);
        }
    }

    private string Once(string? known, ReadOnlySpan<char> value)
    {
        HasDuplicates |= known is not null;
        return value.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> pair)
    {
        if (text.Length > 0)
            text.Append('&');
        text.Append(pair);
    }
}
