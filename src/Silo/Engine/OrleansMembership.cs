using Exchange.Silo.Cluster;
using Exchange.Silo.Startup;
using Orleans.Configuration;
using Orleans.Runtime.Messaging;
using StackExchange.Redis;

namespace Exchange.Silo.Engine;

/// <summary>Who belongs to the cluster: a list in Redis, or nobody but this silo.</summary>
internal static class OrleansMembership
{
    /// <summary>Three probes in a row without an answer, and a silo is given up: some six seconds after it died.</summary>
    private const int MissedProbesMax = 3;

    private const int TriesMax = 60;

    /// <summary>A front door is not told of the silo that an answer would have come from, and died.</summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeadSilosKept = TimeSpan.FromHours(1);

    public static void Join(this ISiloBuilder silo, ClusterSettings cluster)
    {
        if (!cluster.IsCluster)
        {
            silo.UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId);
            return;
        }

        var redis = Redis(cluster);
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.UseRedisClustering(options => options.ConfigurationOptions = redis);
        silo.ConfigureEndpoints(
            cluster.AdvertisedAddress, cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: !cluster.IsAdvertisedOnlyHere);
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = cluster.ProbeTimeout;
            options.NumMissedProbesLimit = MissedProbesMax;
            options.TableRefreshTimeout = TableRefresh;
            options.DefunctSiloExpiration = DeadSilosKept;
        });
    }

    /// <summary>A front door looks for silos for a minute, so that it may be started together with them.</summary>
    public static void Find(this IClientBuilder client, ClusterSettings cluster)
    {
        if (cluster.IsCluster)
        {
            var redis = Redis(cluster);
            client.UseRedisClustering(options => options.ConfigurationOptions = redis);
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        }
        else
        {
            client.UseLocalhostClustering(cluster.GatewayPort, cluster.ServiceId, cluster.ClusterId);
        }

        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = AnswerWait);
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayRefresh);
        var tries = 0;
        client.UseConnectionRetryFilter(async (_, cancellation) =>
        {
            await Task.Delay(BetweenTries, cancellation);
            return ++tries < TriesMax;
        });
    }

    public static string? Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is RedisConnectionException)
                return $"Redis, which lists the silos, cannot be reached ({ClusterSettings.RedisKey}): {cause.Message}";
            if (cause is SiloUnavailableException or ConnectionFailedException)
                return $"No silo can be reached: {cause.Message}";
        }

        return null;
    }

    /// <summary>The message must not repeat the value: it may hold a password.</summary>
    private static ConfigurationOptions Redis(ClusterSettings cluster)
    {
        try
        {
            var options = ConfigurationOptions.Parse(cluster.Redis!);
            return options.EndPoints.Count > 0 ? options : throw new InvalidConfigurationException($"{ClusterSettings.RedisKey} names no server.");
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new InvalidConfigurationException($"{ClusterSettings.RedisKey} is not understood. An example: redis.internal:6379,password=...");
        }
    }
}
