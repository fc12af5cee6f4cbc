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
        if (!cluster.IsCluster && !cluster.IsFrontDoor)
            return;
        var why = cluster.IsFrontDoor
            ? $"{ClusterSettings.RoleKey}={ProcessRole.FrontDoor} makes this a process without grains, beside silos"
            : $"{ClusterSettings.RedisKey} makes several silos one exchange";
        if (!engineFormsClusters)
            throw new InvalidConfigurationException($"{why}, and the Embedded engine is one process. Build with -p:Engine=Orleans, or leave it out.");
        if (IsMissing(configuration, PostgresKey))
            throw new InvalidConfigurationException($"{why}, which SQLite files cannot hold. Set {PostgresKey}.");
        if (bool.TryParse(configuration[IsSharedKey], out var isShared) && !isShared)
            throw new InvalidConfigurationException($"{why}, which share the database, and {IsSharedKey} is false. Leave it out.");
        foreach (var secret in Secrets.Where(secret => IsMissing(configuration, secret)))
            throw new InvalidConfigurationException($"{why}, which need the same {secret}. Give each the same value, from the environment.");
    }

    private static bool IsMissing(IConfiguration configuration, string key) => string.IsNullOrWhiteSpace(configuration[key]);
}
