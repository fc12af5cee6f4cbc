using System.Net;
using System.Net.Sockets;

namespace Exchange.Api.Keys;

/// <summary>Addresses and networks as people write them: 192.0.2.7, 10.0.0.0/8, 2001:db8::/32.</summary>
internal static class Networks
{
    public static IPNetwork Parse(string text) => TryParse(text, out var network) ? network : throw new FormatException($"'{text}' is no network.");

    public static bool TryParse(string text, out IPNetwork network)
    {
        if (text.Contains('/'))
            return IPNetwork.TryParse(text, out network);
        network = default;
        if (!IPAddress.TryParse(text, out var address) || !IsCanonical(text, address))
            return false;
        network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    /// <summary>Without this, 1 would be 0.0.0.1 and 010.0.0.1 would be 8.0.0.1.</summary>
    private static bool IsCanonical(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text;
}
