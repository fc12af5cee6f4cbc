using System.Text;

namespace Exchange.EndToEnd.Tests.Fuzz;

internal sealed record RandomRequest(HttpMethod Method, string Path, byte[]? Body, string ContentType)
{
    public override string ToString() => $"{Method} {Path} {(Body is null ? "no body" : Encoding.Latin1.GetString(Body))}";
}

/// <summary>Requests from a seed: about half of them could be meant, the others are almost right or plain noise.</summary>
internal sealed class RandomRequests(int seed, FuzzRoute[] routes)
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch];

    private static readonly string[] ContentTypes =
        ["application/json", "application/json; charset=utf-8", "text/plain", "application/json; charset=utf-7", "json"];

    private readonly Random _random = new(seed);

    public RandomRequest Next()
    {
        var route = routes[_random.Next(routes.Length)];
        var isMeant = OneIn(2);
        var method = isMeant || !OneIn(8) ? route.Method : Pick(Methods);
        var path = isMeant || !OneIn(12) ? route.Path : Pick(FuzzValues.StrangePaths);
        var body = route.Body.Length > 0 || OneIn(20) ? Body(route, isMeant) : null;
        var isInQuery = route.Query.Length > 0 && (route.Body.Length == 0 || OneIn(3));
        if (isInQuery)
            path += Query(route.Query, isMeant);
        return new RandomRequest(method, path, method == HttpMethod.Get || isInQuery ? null : body, isMeant ? ContentTypes[0] : Pick(ContentTypes));
    }

    private string Query(string[] fields, bool isMeant)
    {
        var pairs = Fields(fields, isMeant).Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Value(pair.Value)}");
        return "?" + string.Join('&', pairs);

        string Value(string json) => !isMeant && OneIn(6) ? "%ff%fe%00" : Uri.EscapeDataString(json.Trim('"'));
    }

    private byte[] Body(FuzzRoute route, bool isMeant)
    {
        var text = route.BodyIsList
            ? $"[{string.Join(',', Enumerable.Range(0, _random.Next(1, isMeant ? 4 : 14)).Select(_ => Object(route.Body, isMeant)))}]"
            : Object(route.Body, isMeant);
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

    private string Object(string[] fields, bool isMeant) =>
        "{" + string.Join(',', Fields(fields, isMeant).Select(pair => $"\"{pair.Name}\":{pair.Value}")) + "}";

    /// <summary>What is meant has each field at most once, and no user but oneself.</summary>
    private IEnumerable<(string Name, string Value)> Fields(string[] fields, bool isMeant)
    {
        if (isMeant)
            return fields.Where(field => field != "userId" && !OneIn(4)).Select(field => (field, Pick(FuzzValues.Of(field)))).ToArray();
        return Enumerable.Range(0, _random.Next(8)).Select(_ =>
        {
            var name = fields.Length == 0 || OneIn(10) ? Pick(FuzzValues.StrangeNames) : Pick(fields);
            return (name, OneIn(2) ? Pick(FuzzValues.Strange) : Pick(FuzzValues.Of(name)));
        }).ToArray();
    }

    private bool OneIn(int times) => _random.Next(times) == 0;

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
