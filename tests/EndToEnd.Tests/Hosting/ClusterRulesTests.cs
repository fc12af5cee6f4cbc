using Exchange.Silo.Cluster;
using Exchange.Silo.Startup;

namespace Exchange.EndToEnd.Tests.Hosting;

public sealed class ClusterRulesTests
{
    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["ConnectionStrings:Redis"] = "redis:6379",
        ["ConnectionStrings:Postgres"] = "Host=db",
        ["Auth:JwtSecret"] = "0123456789012345678901234567890123456789",
        ["Auth:ApiKeyMasterKey"] = "a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2U=",
    };

    private static readonly Dictionary<string, string?> FrontDoor = new(Complete) { ["ConnectionStrings:Redis"] = null, ["Role"] = "FrontDoor" };

    [Fact]
    public void A_silo_of_a_cluster_with_a_database_and_secrets_may_start() => Check(Complete);

    [Fact]
    public void A_silo_alone_needs_none_of_it()
    {
        Check([]);
        Check([], engineFormsClusters: false);
    }

    [Fact]
    public void The_Embedded_engine_does_not_pretend_to_be_one_of_several()
    {
        var refusal = Assert.Throws<InvalidConfigurationException>(() => Check(Complete, engineFormsClusters: false));

        Assert.Contains("-p:Engine=Orleans", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionStrings:Postgres")]
    [InlineData("Auth:JwtSecret")]
    [InlineData("Auth:ApiKeyMasterKey")]
    public void What_all_processes_must_have_in_common_is_asked_for_by_name(string missing)
    {
        foreach (var nothing in new[] { null, "", " " })
        {
            foreach (var values in new[] { Complete, FrontDoor })
            {
                var refusal = Assert.Throws<InvalidConfigurationException>(() => Check(new(values) { [missing] = nothing }));

                Assert.Contains(missing, refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_front_door_may_stand_beside_a_silo_on_this_machine_and_needs_an_engine_with_clients()
    {
        Check(FrontDoor);

        var refusal = Assert.Throws<InvalidConfigurationException>(() => Check(FrontDoor, engineFormsClusters: false));

        Assert.Contains("Role=FrontDoor", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("-p:Engine=Orleans", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_not_to_be_shared_contradicts_a_cluster()
    {
        var refusal = Assert.Throws<InvalidConfigurationException>(() => Check(new(Complete) { ["Storage:IsShared"] = "false" }));

        Assert.Contains("Storage:IsShared", refusal.Message, StringComparison.Ordinal);
        Check(new(Complete) { ["Storage:IsShared"] = "true" });
    }

    [Fact]
    public void No_refusal_repeats_a_secret()
    {
        var refusal = Assert.Throws<InvalidConfigurationException>(
            () => Check(new(Complete) { ["ConnectionStrings:Redis"] = "redis:6379,password=hush", ["Auth:JwtSecret"] = "" }));

        Assert.DoesNotContain("hush", refusal.Message, StringComparison.Ordinal);
    }

    private static void Check(Dictionary<string, string?> values, bool engineFormsClusters = true)
    {
        var configuration = ClusterSettingsTests.Configuration([.. values.Select(value => (value.Key, value.Value))]);
        ClusterRules.Check(ClusterSettings.Read(configuration), configuration, engineFormsClusters);
    }
}
