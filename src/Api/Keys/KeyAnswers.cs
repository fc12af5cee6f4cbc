namespace Exchange.Api.Keys;

/// <param name="Secret">Shown this once and never again.</param>
public sealed record CreatedKey(string ApiKey, string? Secret, string Label, string[] Permissions, string[] IpAllowList, long CreatedAt);

public sealed record KeyInfo(string ApiKey, string Label, string[] Permissions, string[] IpAllowList, long CreatedAt);
