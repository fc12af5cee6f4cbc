using System.Diagnostics.CodeAnalysis;

namespace Exchange.Api.Errors;

/// <summary>One line of the error table: what a client may rely on.</summary>
public sealed record ApiError(string Code, int Status, string Message)
{
    public Refusal With(string detail, string value) => new(this, null, [new(detail, value)]);

    public Refusal Saying(string message, params KeyValuePair<string, string>[] details) => new(this, message, details);

    [return: NotNullIfNotNull(nameof(error))]
    public static implicit operator Refusal?(ApiError? error) => error is null ? null : new(error, null, []);
}

/// <summary>An answer that is not the one that was asked for. The message defaults to the table's.</summary>
public sealed record Refusal(ApiError Error, string? Message, KeyValuePair<string, string>[] Details);
