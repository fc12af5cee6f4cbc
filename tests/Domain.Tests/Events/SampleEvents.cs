using System.Reflection;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Tests.Events;

/// <summary>One filled-in instance of every event there is, found by reflection, so that a new event cannot be forgotten.</summary>
internal static class SampleEvents
{
    private static readonly Type[] Parts = [typeof(Market), typeof(PriceMultipliers), typeof(PositionLevels), typeof(Exit)];

    public static IEnumerable<Type> Types => typeof(DomainEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>The same seed gives the same event; different fields of one event get different values.</summary>
    public static DomainEvent Create(Type type, int seed)
    {
        var next = seed;
        return (DomainEvent)CreateRecord(type, ref next);
    }

    private static object CreateRecord(Type type, ref int next)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var arguments = new List<object>();
        foreach (var parameter in constructor.GetParameters())
            arguments.Add(Value(parameter.ParameterType, ref next));

        var instance = constructor.Invoke([.. arguments]);
        if (arguments.Count > 0)
            return instance;

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            property.SetValue(instance, Value(property.PropertyType, ref next));
        return instance;
    }

    private static object Value(Type type, ref int next)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Value(inner, ref next);
        var n = next++;
        if (type == typeof(string))
            return n % 5 == 0 ? $"é{n}" : $"text-{n}";
        if (type == typeof(long))
            return n % 3 == 0 ? -(long)n << 33 : (long)n << n % 40;
        if (type == typeof(int))
            return n % 2 == 0 ? -n : n * 1_000;
        if (type == typeof(decimal))
            return n % 2 == 0 ? -n * 1.25m : n + 0.00000001m;
        if (type == typeof(bool))
            return n % 2 == 0;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(n % Enum.GetValues(type).Length)!;
        if (Parts.Contains(type))
            return CreateRecord(type, ref next);
        throw new NotSupportedException($"No sample value for a {type.Name}.");
    }
}
