using System.Text.Json;
using System.Text.Json.Serialization;
using Exchange.Api.Json;
using Exchange.Api.Orders;

namespace Exchange.Api.Tests;

/// <summary>Reads answers back into the documented shapes, and accepts no field that they do not have.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonDecimalConverter() },
        NumberHandling = JsonNumberHandling.Strict,
    };

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Strict)!;

    public static Order[] Orders(string json) => Read<Order[]>(json);
}
