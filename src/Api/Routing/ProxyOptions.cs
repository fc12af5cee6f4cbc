using Exchange.Api.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Exchange.Api.Routing;

/// <summary>The section Proxies of the configuration.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>Addresses or networks of the reverse proxies in front; only what they say about a client is believed.</summary>
    public string[] Trusted { get; set; } = [];

    /// <summary>How many of them a request passes.</summary>
    public int Hops { get; set; } = 1;

    /// <summary>Null where there is none: then forwarding headers are anybody's claim and ignored.</summary>
    internal ForwardedHeadersOptions? ToForwardedHeaders()
    {
        if (Trusted.Length == 0)
            return null;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = Hops,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in Trusted)
            forwarded.KnownIPNetworks.Add(Networks.Parse(network));
        return forwarded;
    }
}
