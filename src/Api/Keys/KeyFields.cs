using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Keys;

/// <summary>The body of POST /keys.</summary>
internal sealed class NewKeyRequest : IJsonRequest<NewKeyRequest>
{
    private const int LabelLengthMax = 64;

    public string Label = "";
    public ApiPermissions Permissions;
    public string[] Networks = [];
    public string ClientKeyId = "";

    public static FieldSet Fields { get; } = new("label", "permissions", "ipAllowList", "clientKeyId");

    public static Refusal? Read(NewKeyRequest request, int field, ref Utf8JsonReader reader) => field switch
    {
        0 => ReadField.Text(ref reader, "label", LabelLengthMax, out request.Label),
        1 => KeyFields.ReadPermissions(ref reader, out request.Permissions),
        2 => KeyFields.ReadNetworks(ref reader, out request.Networks),
        _ => ReadField.ClientId(ref reader, "clientKeyId", out request.ClientKeyId),
    };

    public static Refusal? Complete(NewKeyRequest request) =>
        request.Permissions == ApiPermissions.None ? EdgeErrors.MissingField.With("field", "permissions") : null;
}

/// <summary>The body of DELETE /keys.</summary>
internal sealed class KeyReference : IJsonRequest<KeyReference>
{
    private const int IdLength = 64;

    public string Id = "";

    public static FieldSet Fields { get; } = new("apiKey");

    public static Refusal? Read(KeyReference request, int field, ref Utf8JsonReader reader) =>
        ReadField.Text(ref reader, "apiKey", IdLength, out request.Id);

    public static Refusal? Complete(KeyReference request) =>
        request.Id.Length > 0 ? null : EdgeErrors.MissingField.With("field", "apiKey");
}

internal static class KeyFields
{
    private const int TextLengthMax = 1000;
    private const int NetworksMax = 16;

    private static readonly (string Name, ApiPermissions Permission)[] Permissions =
        [("read", ApiPermissions.Read), ("trade", ApiPermissions.Trade), ("admin", ApiPermissions.Admin)];

    public static string[] Names(ApiPermissions permissions) =>
        [.. Permissions.Where(known => permissions.HasFlag(known.Permission)).Select(known => known.Name)];

    public static Refusal? ReadPermissions(ref Utf8JsonReader reader, out ApiPermissions permissions)
    {
        permissions = ApiPermissions.None;
        if (!reader.TryGetAscii(TextLengthMax, out var text))
            return Invalid("permissions");
        foreach (var name in text.Split(','))
        {
            var known = Array.Find(Permissions, known => known.Name == name);
            if (known.Name is null)
                return Invalid("permissions");
            permissions |= known.Permission;
        }
        return null;
    }

    public static Refusal? ReadNetworks(ref Utf8JsonReader reader, out string[] networks)
    {
        networks = [];
        if (!reader.TryGetAscii(TextLengthMax, out var text))
            return Invalid("ipAllowList");
        networks = text.Split(',');
        return networks.Length <= NetworksMax && Array.TrueForAll(networks, network => Networks.TryParse(network, out _))
            ? null
            : Invalid("ipAllowList");
    }

    private static Refusal Invalid(string field) => EdgeErrors.InvalidField.With("field", field);
}
