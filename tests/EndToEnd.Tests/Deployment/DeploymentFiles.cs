using System.Text.Json;
using Exchange.Bench.Harness;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Exchange.EndToEnd.Tests.Deployment;

/// <summary>What lies in deploy/, and in appsettings.json as the list of what can be set.</summary>
internal static class DeploymentFiles
{
    private static readonly string Folder = Path.Combine(SiloBuild.RepositoryRoot(), "deploy");

    public static string PathOf(string file) => Path.Combine(Folder, file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));

    public static IEnumerable<string> Manifests() => Directory.EnumerateFiles(PathOf("kubernetes"), "*.yaml", SearchOption.AllDirectories);

    /// <summary>Every document of a file, with what anchors and merges stand for.</summary>
    public static List<Node> Yaml(string path)
    {
        using var text = new StreamReader(path);
        var parser = new MergingParser(new Parser(text));
        var deserializer = new DeserializerBuilder().Build();
        var documents = new List<Node>();
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        while (parser.Accept<YamlDotNet.Core.Events.DocumentStart>(out _))
            documents.Add(new Node(deserializer.Deserialize(parser)));
        return documents;
    }

    /// <summary>Auth:AdminEmails and the like; what is in a list has the list's name.</summary>
    public static HashSet<string> Settings()
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        using var settings = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(SiloBuild.RepositoryRoot(), "src", "Silo", "appsettings.json")), options);
        return Leaves("", settings.RootElement).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Leaves(string path, JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().SelectMany(member => Leaves(path.Length == 0 ? member.Name : $"{path}:{member.Name}", member.Value))
        : [path];
}

/// <summary>A part of a YAML document; what is not there is an empty part.</summary>
internal readonly record struct Node(object? Value)
{
    public Node this[string name] => new(Value is Dictionary<object, object> map && map.TryGetValue(name, out var value) ? value : null);

    public string Text => Value as string ?? "";

    public IEnumerable<Node> Items => Value is List<object> list ? list.Select(item => new Node(item)) : [];

    public IEnumerable<string> Names => Value is Dictionary<object, object> map ? map.Keys.Cast<string>() : [];
}
