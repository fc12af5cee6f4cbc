using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Exchange.Api.Routing;

/// <summary>The section Limits of the configuration: what one client may cost the server.</summary>
internal sealed class ServerLimits(IConfigurationSection section) : IConfigureOptions<KestrelServerOptions>
{
    public const string Section = "Limits";

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;
        limits.MaxConcurrentConnections = section.GetValue("MaxConnections", 20_000L);
        limits.MaxRequestBodySize = section.GetValue("MaxBodyBytes", 64 * 1024L);
        limits.MaxRequestHeadersTotalSize = section.GetValue("MaxHeaderBytes", 16 * 1024);
        limits.MaxRequestHeaderCount = section.GetValue("MaxHeaders", 64);
        limits.RequestHeadersTimeout = section.GetValue("HeadersTimeout", TimeSpan.FromSeconds(10));
        limits.KeepAliveTimeout = section.GetValue("KeepAliveTimeout", TimeSpan.FromMinutes(2));
    }
}
