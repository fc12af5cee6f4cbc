using Exchange.Silo.Cluster;
using Exchange.Silo.Startup;
using Microsoft.Extensions.Configuration;

namespace Exchange.EndToEnd.Tests.Hosting;

public sealed class ClusterSettingsTests
{
    [Fact]
    public void Without_settings_it_is_one_silo_on_this_machine()
    {
        var settings = Read();

        Assert.False(settings.IsCluster);
        Assert.False(settings.IsFrontDoor);
        Assert.Equal(11111, settings.SiloPort);
        Assert.Equal(30000, settings.GatewayPort);
        Assert.Null(settings.AdvertisedAddress);
    }

    [Fact]
    public void With_Redis_it_is_a_silo_of_a_cluster_that_others_find_by_name_and_address()
    {
        var settings = Read(
            ("ConnectionStrings:Redis", "redis:6379"), ("Cluster:ClusterId", "blue"), ("Cluster:ServiceId", "exchange-eu"),
            ("Orleans:AdvertisedAddress", "10.1.2.3"), ("Orleans:SiloPort", "21111"), ("Orleans:GatewayPort", "23000"));

        Assert.True(settings.IsCluster);
        Assert.Equal(("blue", "exchange-eu"), (settings.ClusterId, settings.ServiceId));
        Assert.Equal(("10.1.2.3", 21111, 23000), (settings.AdvertisedAddress, settings.SiloPort, settings.GatewayPort));
    }

    [Theory]
    [InlineData("FrontDoor", true)]
    [InlineData("frontdoor", true)]
    [InlineData("Silo", false)]
    [InlineData("", false)]
    public void The_role_says_whether_grains_live_here(string role, bool isFrontDoor) =>
        Assert.Equal(isFrontDoor, Read(("Role", role)).IsFrontDoor);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("localhost", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("silo-1.exchange.internal", false)]
    [InlineData("", false)]
    public void A_loopback_address_is_of_use_on_this_machine_only(string address, bool isOnlyHere) =>
        Assert.Equal(isOnlyHere, Read(("Orleans:AdvertisedAddress", address)).IsAdvertisedOnlyHere);

    [Theory]
    [InlineData("Role", "Door")]
    [InlineData("Role", "1")]
    [InlineData("Orleans:SiloPort", "0")]
    [InlineData("Orleans:SiloPort", "65536")]
    [InlineData("Orleans:GatewayPort", "many")]
    [InlineData("Orleans:GatewayPort", "-1")]
    [InlineData("Orleans:AdvertisedAddress", "not a host")]
    [InlineData("Orleans:AdvertisedAddress", "0.0.0.0")]
    [InlineData("Cluster:ProbeTimeout", "soon")]
    [InlineData("Cluster:ProbeTimeout", "00:00:00")]
    [InlineData("Cluster:ProbeTimeout", "01:00:00")]
    public void A_value_that_is_none_is_refused_by_its_name(string key, string value)
    {
        var refusal = Assert.Throws<InvalidConfigurationException>(() => Read((key, value)));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Silos_and_clients_need_a_port_each()
    {
        var refusal = Assert.Throws<InvalidConfigurationException>(() => Read(("Orleans:SiloPort", "30000")));

        Assert.Contains("both 30000", refusal.Message, StringComparison.Ordinal);
    }

    internal static IConfiguration Configuration(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build();

    private static ClusterSettings Read(params (string Key, string? Value)[] values) => ClusterSettings.Read(Configuration(values));
}
