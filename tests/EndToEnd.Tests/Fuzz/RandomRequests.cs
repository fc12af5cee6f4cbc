using System.Text;

namespace Exchange.EndToEnd.Tests.Fuzz;

internal sealed record RandomRequest(string Route, HttpMethod Method, string Path, byte[]? Body, string ContentType)
{
    public override string ToString() => $"{Method} {Path} {(Body is null ? "no body" : Encoding.Latin1.GetString(Body))}";
}

/// <summary>Requests from a seed: about half of them could be meant, the others are almost right or plain noise.</summary>
internal sealed class RandomRequests(int seed, FuzzRoute[] routes)
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch];

    private static readonly string[] ContentTypes =
        ["application/json", "application/json; charset=utf-8", "text/plain", "application/json; charset=utf-7", "json"];

    private readonly FuzzRoute[] _trading = [.. routes.Where(route => route.Trades)];
    private readonly FuzzRoute[] _operators = [.. routes.Where(route => route.IsOperators)];
    private readonly Random _random = new(seed);

    public RandomRequest Next(bool fromOperator)
    {
        var isMeant = OneIn(2);
        var route = isMeant && OneIn(2) ? Pick(fromOperator ? _operators : _trading) : Pick(routes);
        var method = isMeant || !OneIn(8) ? route.Method : Pick(Methods);
        var path = isMeant || !OneIn(12) ? Filled(route.Path, isMeant) : Pick(FuzzValues.StrangePaths);
        var body = route.Body.Length > 0 || OneIn(20) ? Body(route, isMeant) : null;
        var isInQuery = route.Query.Length > 0 && (route.Body.Length == 0 || OneIn(3));
        if (isInQuery)
            path += Query(route, isMeant);
        return new RandomRequest(
            route.Name, method, path, method == HttpMethod.Get || isInQuery ? null : body, isMeant ? ContentTypes[0] : Pick(ContentTypes));
    }

    /// <summary>With a value in each place that the path leaves open.</summary>
    private string Filled(string path, bool isMeant)
    {
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].StartsWith('{'))
                parts[i] = Uri.EscapeDataString(Pick(isMeant || !OneIn(4) ? FuzzValues.Of(parts[i].Trim('{', '}')) : FuzzValues.Strange).Trim('"'));
        }

        return string.Join('/', parts);
    }

    private string Query(FuzzRoute route, bool isMeant)
    {
        var pairs = Fields(route.Query, route.Required, isMeant).Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Value(pair.Value)}");
        return "?" + string.Join('&', pairs);

        string Value(string json) => !isMeant && OneIn(6) ? "%ff%fe%00" : Uri.EscapeDataString(json.Trim('"'));
    }

    private byte[] Body(FuzzRoute route, bool isMeant)
    {
        var text = route.BodyIsList
            ? $"[{string.Join(',', Enumerable.Range(0, _random.Next(1, isMeant ? 4 : 14)).Select(_ => Object(route, isMeant)))}]"
            : Object(route, isMeant);
        if (isMeant)
            return Encoding.UTF8.GetBytes(text);
        var bytes = Encoding.UTF8.GetBytes(_random.Next(12) switch
        {
            0 => new string('[', _random.Next(1, 3_000)),
            1 => Pick(FuzzValues.Strange),
            2 => new string(' ', _random.Next(20_000)),
            _ => text,
        });
        for (var damage = _random.Next(6) - 3; damage > 0 && bytes.Length > 0; damage--)
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return OneIn(10) ? bytes[.._random.Next(bytes.Length + 1)] : bytes;
    }

    private string Object(FuzzRoute route, bool isMeant) =>
        "{" + string.Join(',', Fields(route.Body, route.Required, isMeant).Select(pair => $"\"{pair.Name}\":{pair.Value}")) + "}";

    /// <summary>What is meant has what is needed, each field at most once, and no user but oneself.</summary>
    private IEnumerable<(string Name, string Value)> Fields(string[] fields, string[] required, bool isMeant)
    {
        if (isMeant)
            return fields.Where(field => required.Contains(field) || field != "userId" && IsGiven(field)).Select(
                field => (field, Pick(FuzzValues.Of(field)))).ToArray();
        return Enumerable.Range(0, _random.Next(8)).Select(_ =>
        {
            var name = fields.Length == 0 || OneIn(10) ? Pick(FuzzValues.StrangeNames) : Pick(fields);
            return (name, OneIn(2) ? Pick(FuzzValues.Strange) : Pick(FuzzValues.Of(name)));
        }).ToArray();
    }

    private bool IsGiven(string field) => FuzzValues.IsUsual(field) ? !OneIn(6) : OneIn(6);

    private bool OneIn(int times) => _random.Next(times) == 0;

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
