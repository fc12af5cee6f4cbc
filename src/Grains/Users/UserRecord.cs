using Exchange.Grains.Interfaces.Users;

namespace Exchange.Grains.Users;

[GenerateSerializer, Alias("Exchange.UserRecord")]
public sealed class UserRecord
{
    [Id(0)]
    public long Account { get; set; }

    [Id(1)]
    public List<Session> Sessions { get; set; } = [];

    [Id(2)]
    public List<UsedLink> UsedLinks { get; set; } = [];

    [Id(3)]
    public string? Password { get; set; }

    [Id(4)]
    public List<string> Keys { get; set; } = [];
}

[GenerateSerializer, Immutable, Alias("Exchange.UsedLink")]
public sealed record UsedLink([property: Id(0)] string Id, [property: Id(1)] long ExpiresAtMs);
