using System.Net;
using System.Text;
using Exchange.Api.Errors;
using Exchange.Api.Keys;
using Exchange.Api.Routing;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Metrics;

/// <summary>The section Metrics of the configuration.</summary>
public sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>Who may read /metrics besides this machine: addresses or networks.</summary>
    public string[] Networks { get; set; } = [];
}

internal sealed class MetricsEndpoint(PrometheusReport report, MetricsOptions options)
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly IPNetwork[] networks = Array.ConvertAll(options.Networks, Networks.Parse);

    public void Map(ApiRoutes routes) => routes.Always("GET", "/metrics", WriteAsync).ExcludeFromDescription();

    private async ValueTask<Refusal?> WriteAsync(HttpContext http)
    {
        if (!MayRead(http.Connection.RemoteIpAddress))
            return EdgeErrors.AdminsOnly;
        http.Response.ContentType = ContentType;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(report.Write()));
        return null;
    }

    private bool MayRead(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
            return address is not null;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(networks, network => network.Contains(plain));
    }
}
