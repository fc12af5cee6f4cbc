using System.Net;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>The exchange answered, but not with what was asked for.</summary>
internal sealed class RefusedException(HttpStatusCode status, string code, string text) : Exception($"{(int)status} {text}")
{
    public HttpStatusCode Status { get; } = status;
    public string Code { get; } = code;

    /// <summary>The exchange itself, or the proxy before it, does not know what became of the request.</summary>
    public bool LeavesOutcomeOpen => Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.BadGateway;
}
