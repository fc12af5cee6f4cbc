namespace Exchange.Grains.Users;

/// <summary>Names of the grain storage providers that the host has to supply.</summary>
public static class StateStores
{
    public const string Accounts = "accounts";
}
