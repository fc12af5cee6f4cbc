using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Deployment;

/// <summary>No container engine is needed to find out that a file in deploy/ names what does not exist.</summary>
public sealed partial class DeploymentTests
{
    /// <summary>Of the runtime and of Prometheus itself.</summary>
    private static readonly string[] NotOurs = ["ASPNETCORE_URLS", "DOTNET_gcServer", "up"];

    [Fact]
    public async Task Every_figure_of_the_board_and_of_the_alerts_is_one_that_a_silo_tells()
    {
        using var exchange = await RunningExchange.StartAsync();
        await Trader.SignUpAsync(exchange, "trader", ("INR", 10));
        var wanted = BoardExpressions().Concat(AlertExpressions()).SelectMany(Metrics).ToHashSet();
        Assert.Contains("exchange_journal_queue_length", wanted);

        await Eventually.HoldsAsync(async () =>
        {
            var told = Told(await exchange.Client.GetStringAsync("/metrics"));
            Assert.Empty(wanted.Except(told).Except(NotOurs));
        });
    }

    [Fact]
    public void Every_setting_of_compose_Kubernetes_and_the_image_is_one_that_exists()
    {
        var settings = DeploymentFiles.Settings();
        var used = ComposeSettings().Concat(KubernetesSettings()).Concat(ImageSettings()).Except(NotOurs).ToHashSet();
        Assert.Contains("ConnectionStrings__Redis", used);
        Assert.DoesNotContain(used, name => !settings.Contains(ListIndex().Replace(name, "").Replace("__", ":")));
    }

    [Fact]
    public void Compose_needs_every_secret_and_the_sample_names_all_that_it_asks_for()
    {
        var compose = DeploymentFiles.Text("compose.yaml");
        var sample = SampleNames().Matches(DeploymentFiles.Text(".env.sample")).Select(match => match.Groups[1].Value).ToHashSet();
        var variables = Variables().Matches(compose).Select(match => (Name: match.Groups[1].Value, Otherwise: match.Groups[2].Value)).ToArray();
        Assert.Empty(
            variables.Where(
                variable => variable.Otherwise.StartsWith(":?", StringComparison.Ordinal)).Select(variable => variable.Name).Except(sample));
        var secrets = variables.Where(variable => variable.Name != "SMTP_PASSWORD" && SecretNames().IsMatch(variable.Name)).ToArray();
        Assert.Equal(5, secrets.Select(secret => secret.Name).Distinct().Count());
        Assert.DoesNotContain(secrets, secret => secret.Otherwise.StartsWith(":-", StringComparison.Ordinal));
        Assert.Empty(
            secrets.GroupBy(secret => secret.Name).Where(
                uses => uses.All(use => !use.Otherwise.StartsWith(":?", StringComparison.Ordinal))).Select(uses => uses.Key));
        Assert.DoesNotMatch(@"(?m)^[A-Z_]*(PASSWORD|SECRET|KEY)=\S", DeploymentFiles.Text(".env.sample"));
        Assert.DoesNotMatch(@"(?m)^\w+=\S", DeploymentFiles.Text("kubernetes/base/secrets.env.sample"));
    }

    [Fact]
    public async Task What_manifests_name_is_there_and_their_probes_are_answered()
    {
        using var exchange = await RunningExchange.StartAsync();
        foreach (var path in DeploymentFiles.Manifests())
        {
            foreach (var manifest in DeploymentFiles.Yaml(path))
            {
                Assert.True(manifest["kind"].Text.Length > 0 && manifest["apiVersion"].Text.Length > 0, path);
                foreach (var resource in manifest["resources"].Items)
                    Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, resource.Text)), $"{path} names {resource.Text}.");
                foreach (var container in Containers(manifest))
                    await ProbesAnswerAsync(exchange, container);
            }
        }
    }

    private static async Task ProbesAnswerAsync(RunningExchange exchange, Node container)
    {
        var ports = container["ports"].Items.Select(port => port["name"].Text).ToArray();
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            var asked = container[probe]["httpGet"];
            Assert.Contains(asked["port"].Text, ports);
            Assert.Equal(HttpStatusCode.OK, (await exchange.Client.GetAsync(asked["path"].Text)).StatusCode);
        }
    }

    private static IEnumerable<Node> Containers(Node manifest) => manifest["spec"]["template"]["spec"]["containers"].Items;

    private static IEnumerable<string> BoardExpressions()
    {
        using var board = JsonDocument.Parse(DeploymentFiles.Text("grafana/boards/exchange.json"));
        return [.. board.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)];
    }

    private static IEnumerable<string> AlertExpressions() => DeploymentFiles.Yaml(DeploymentFiles.PathOf("prometheus/alerts.yml"))
        .SelectMany(file => file["groups"].Items).SelectMany(group => group["rules"].Items).Select(rule => rule["expr"].Text);

    /// <summary>What is left of an expression without labels, groupings, functions and ranges.</summary>
    private static IEnumerable<string> Metrics(string expression) =>
        Words().Matches(Labels().Replace(expression, " ")).Select(match => match.Value);

    /// <summary>A histogram is told as three series.</summary>
    private static HashSet<string> Told(string metrics) => Types().Matches(metrics)
        .SelectMany(type => type.Groups[2].Value == "histogram"
            ? new[] { "_bucket", "_sum", "_count" }.Select(series => type.Groups[1].Value + series)
            : [type.Groups[1].Value])
        .ToHashSet();

    private static IEnumerable<string> ComposeSettings()
    {
        var services = DeploymentFiles.Yaml(DeploymentFiles.PathOf("compose.yaml")).Single()["services"];
        return new[] { "silo1", "silo2", "door1", "door2" }.SelectMany(name => services[name]["environment"].Names);
    }

    private static IEnumerable<string> KubernetesSettings()
    {
        var manifests = DeploymentFiles.Manifests().SelectMany(DeploymentFiles.Yaml).ToArray();
        var literals = manifests.SelectMany(manifest => manifest["configMapGenerator"].Items).SelectMany(map => map["literals"].Items);
        var secrets = SampleNames().Matches(DeploymentFiles.Text("kubernetes/base/secrets.env.sample")).Select(match => match.Groups[1].Value);
        return manifests.SelectMany(Containers).SelectMany(container => container["env"].Items).Select(variable => variable["name"].Text)
            .Concat(literals.Select(literal => literal.Text.Split('=')[0])).Concat(secrets);
    }

    private static IEnumerable<string> ImageSettings() => DeploymentFiles.Text("Containerfile").Split('\n')
        .Where(line => line.StartsWith("ENV ", StringComparison.Ordinal)).TakeLast(1)
        .SelectMany(line => line[4..].Split(' ')).Select(assignment => assignment.Split('=')[0]);

    [GeneratedRegex("__[0-9]+")]
    private static partial Regex ListIndex();

    [GeneratedRegex(@"(?m)^#? ?([A-Za-z_]+)=")]
    private static partial Regex SampleNames();

    [GeneratedRegex(@"(?<!\$)\$\{([A-Z_0-9]+)((?::[-?])?)[^}]*\}")]
    private static partial Regex Variables();

    [GeneratedRegex("PASSWORD|SECRET|KEY")]
    private static partial Regex SecretNames();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|\b[a-z_]+ by \([^)]*\)|\b[a-z_]+ ?(?=\()")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b[a-z_][a-z_0-9]{1,}\b")]
    private static partial Regex Words();

    [GeneratedRegex("(?m)^# TYPE ([^ ]+) ([a-z]+)$")]
    private static partial Regex Types();
}
