using Exchange.Silo.Startup;

namespace Exchange.EndToEnd.Tests.Hosting;

public sealed class ShutdownOptionsTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 5)]
    public void Only_a_process_behind_a_balancer_drains_by_itself(bool isBalanced, int seconds)
    {
        var options = ShutdownOptions.Read(ClusterSettingsTests.Configuration(), isBalanced);

        Assert.Equal((TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(20)), (options.DrainDelay, options.Timeout));
    }

    [Fact]
    public void What_is_configured_counts()
    {
        var options = ShutdownOptions.Read(
            ClusterSettingsTests.Configuration(("Shutdown:DrainDelay", "00:00:02"), ("Shutdown:Timeout", "00:01:00")), isBalanced: true);

        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)), (options.DrainDelay, options.Timeout));
    }

    [Theory]
    [InlineData("Shutdown:DrainDelay", "-00:00:01")]
    [InlineData("Shutdown:DrainDelay", "01:00:00")]
    [InlineData("Shutdown:DrainDelay", "long")]
    [InlineData("Shutdown:Timeout", "00:00:00")]
    public void A_value_that_is_none_is_refused(string key, string value)
    {
        var refusal = Assert.Throws<InvalidConfigurationException>(
            () => ShutdownOptions.Read(ClusterSettingsTests.Configuration((key, value)), isBalanced: true));

        Assert.Contains("Shutdown", refusal.Message, StringComparison.Ordinal);
    }
}
