using System.Net;
using Exchange.Silo.Startup;

namespace Exchange.Silo.Cluster;

internal enum ProcessRole
{
    /// <summary>Grains live here, and HTTP and WebSockets are served.</summary>
    Silo,

    /// <summary>HTTP and WebSockets are served by the grains of silos elsewhere.</summary>
    FrontDoor,
}

/// <summary>What this process is, how it finds the others, and where they find it.</summary>
/// <param name="Redis">Where the members of the cluster are listed. Null: this machine, and one silo.</param>
/// <param name="AdvertisedAddress">An address or host name that other machines reach this one at. Null: the first that is not loopback.</param>
internal sealed record ClusterSettings(
    ProcessRole Role, string? Redis, string ClusterId, string ServiceId, string? AdvertisedAddress, int SiloPort, int GatewayPort,
    TimeSpan ProbeTimeout)
{
    public const string RedisKey = "ConnectionStrings:Redis";
    public const string RoleKey = "Role";

    private const string DefaultId = "exchange";
    private const int DefaultSiloPort = 11111;
    private const int DefaultGatewayPort = 30000;

    private static readonly TimeSpan DefaultProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MinProbeTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxProbeTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Several silos are one exchange.</summary>
    public bool IsCluster => Redis is not null;

    public bool IsFrontDoor => Role == ProcessRole.FrontDoor;

    /// <summary>Other machines could not use it.</summary>
    public bool IsAdvertisedOnlyHere => AdvertisedAddress is { } address
        && (address == "localhost" || (IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip)));

    /// <exception cref="InvalidConfigurationException">A value is none of its kind.</exception>
    public static ClusterSettings Read(IConfiguration configuration)
    {
        var settings = new ClusterSettings(
            RoleOf(configuration),
            Text(configuration, RedisKey),
            Text(configuration, "Cluster:ClusterId") ?? DefaultId,
            Text(configuration, "Cluster:ServiceId") ?? DefaultId,
            Text(configuration, "Orleans:AdvertisedAddress"),
            Port(configuration, "Orleans:SiloPort", DefaultSiloPort),
            Port(configuration, "Orleans:GatewayPort", DefaultGatewayPort),
            Duration(configuration, "Cluster:ProbeTimeout", DefaultProbeTimeout, MinProbeTimeout, MaxProbeTimeout));
        if (settings.SiloPort == settings.GatewayPort)
            throw new InvalidConfigurationException($"Orleans:SiloPort and Orleans:GatewayPort are both {settings.SiloPort}. Choose two ports.");
        if (settings.AdvertisedAddress is { } address && Uri.CheckHostName(address) == UriHostNameType.Unknown)
            throw new InvalidConfigurationException($"Orleans:AdvertisedAddress '{address}' is neither an address nor a host name.");
        if (IPAddress.TryParse(settings.AdvertisedAddress, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            throw new InvalidConfigurationException(
                $"Orleans:AdvertisedAddress '{ip}' is every address. Give the one that other machines reach this one at.");
        return settings;
    }

    private static ProcessRole RoleOf(IConfiguration configuration)
    {
        if (Text(configuration, RoleKey) is not { } given)
            return ProcessRole.Silo;
        return Enum.GetNames<ProcessRole>().Contains(given, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<ProcessRole>(given, ignoreCase: true)
            : throw new InvalidConfigurationException($"{RoleKey} '{given}' is not known: {string.Join(" or ", Enum.GetNames<ProcessRole>())}.");
    }

    private static string? Text(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    private static int Port(IConfiguration configuration, string key, int otherwise)
    {
        if (Text(configuration, key) is not { } given)
            return otherwise;
        return ushort.TryParse(given, out var port) && port > 0
            ? port
            : throw new InvalidConfigurationException($"{key} '{given}' is no port: 1 to {ushort.MaxValue}.");
    }

    private static TimeSpan Duration(IConfiguration configuration, string key, TimeSpan otherwise, TimeSpan min, TimeSpan max)
    {
        if (Text(configuration, key) is not { } given)
            return otherwise;
        return TimeSpan.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var duration) && duration >= min && duration <= max
            ? duration
            : throw new InvalidConfigurationException($"{key} '{given}' is not a time from {min} to {max}.");
    }
}
