using Exchange.Silo.Startup;

namespace Exchange.Silo.Cluster;

/// <summary>What has to be configured before several processes may be one exchange. Nothing has been opened yet.</summary>
internal static class ClusterRules
{
    private const string PostgresKey = "ConnectionStrings:Postgres";
    private const string IsSharedKey = "Storage:IsShared";

    /// <summary>Made by each process for itself, they would let in on one silo whom another one refuses.</summary>
    private static readonly string[] Secrets = ["Auth:JwtSecret", "Auth:ApiKeyMasterKey"];

    /// <exception cref="InvalidConfigurationException">Something is missing, or contradicts itself.</exception>
    public static void Check(ClusterSettings cluster, IConfiguration configuration, bool engineFormsClusters)
    {
        if (!cluster.IsCluster)
            return;
        if (!engineFormsClusters)
        {
            throw new InvalidConfigurationException(
                $"{ClusterSettings.RedisKey} makes several silos one exchange, and the Embedded engine is one process. Build with -p:Engine=Orleans, or leave it out.");
        }

        if (IsMissing(configuration, PostgresKey))
        {
            throw new InvalidConfigurationException(
                $"{ClusterSettings.RedisKey} makes several silos one exchange, which SQLite files cannot hold. Set {PostgresKey}.");
        }

        if (configuration[IsSharedKey] is { Length: > 0 } isShared && bool.TryParse(isShared, out var shared) && !shared)
        {
            throw new InvalidConfigurationException(
                $"{IsSharedKey} is false, but with {ClusterSettings.RedisKey} several silos share the database. Leave it out.");
        }

        foreach (var secret in Secrets.Where(secret => IsMissing(configuration, secret)))
        {
            throw new InvalidConfigurationException(
                $"{secret} is not set. The silos of a cluster need the same one: give each the same value, from the environment.");
        }
    }

    private static bool IsMissing(IConfiguration configuration, string key) => string.IsNullOrWhiteSpace(configuration[key]);
}
