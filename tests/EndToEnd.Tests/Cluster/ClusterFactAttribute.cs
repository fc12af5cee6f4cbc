namespace Exchange.EndToEnd.Tests.Cluster;

/// <summary>A test of the whole topology, where its parts are installed.</summary>
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute()
    {
        if (LocalCluster.Missing is { } missing)
            Skip = $"Needs {missing}: see deploy/local/cluster.sh.";
    }
}
