using System.Globalization;

namespace Exchange.Bench.Harness;

/// <summary>Options of the form "--name value"; a name that nobody knows is an error, not a silence.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    public Arguments(IReadOnlyList<string> words, params IReadOnlyCollection<string> known)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal) || !known.Contains(words[i][2..]))
                throw new ArgumentException($"Unknown option '{words[i]}'. Known: {string.Join(", ", known.Select(name => $"--{name}"))}.");
            var name = words[i][2..];
            var hasValue = i + 1 < words.Count && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            _values[name] = hasValue ? words[++i] : "true";
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var text)
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ArgumentException($"--{name} wants a whole number, not '{text}'.")
            : otherwise;
}
