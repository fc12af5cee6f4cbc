using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Limits;

/// <summary>Charges each request to those who cause it. A refused request is charged to nobody else.</summary>
internal sealed class RateLimiter
{
    private const string UsedWeightHeader = "X-MBX-USED-WEIGHT-1M";
    private const string OrderCountHeader = "X-MBX-ORDER-COUNT-1S";
    private const int Ipv6NetworkBytes = 8;

    private readonly TimeProvider clock;
    private readonly bool isOff;
    private readonly TokenBuckets addresses, accounts, keys, orders, marketData, signIns;

    public RateLimiter(RateLimitOptions options, TimeProvider clock)
    {
        this.clock = clock;
        isOff = options.Scale <= 0;
        var weight = options.WeightPerMinute * options.Scale;
        addresses = new TokenBuckets(weight / 60, weight);
        accounts = new TokenBuckets(weight / 60, weight);
        keys = new TokenBuckets(weight / 60, weight);
        orders = PerSecond(options.OrdersPerSecond * options.Scale);
        marketData = PerSecond(options.MarketDataPerSecond * options.Scale);
        signIns = new TokenBuckets(options.SignInsPerMinute * options.Scale / 60, options.SignInsPerMinute * options.Scale);
    }

    /// <summary>Before anything else is known, each request weighs on its address.</summary>
    public Refusal? ChargeAddress(HttpContext http, RouteCost cost)
    {
        if (isOff)
            return null;
        var address = Subject(http.Connection.RemoteIpAddress);
        var wait = addresses.Take(address, cost.Weight, NowMs(), out var used);
        http.Response.Headers[UsedWeightHeader] = Whole(used);
        if (wait == TimeSpan.Zero && cost.Kind == CostKind.MarketData)
            wait = marketData.Take(address, 1, NowMs(), out _);
        if (wait == TimeSpan.Zero && cost.Kind == CostKind.SignIn)
            wait = signIns.Take(address, 1, NowMs(), out _);
        return RefuseIf(http, wait);
    }

    public Refusal? ChargeCaller(HttpContext http, Caller caller, RouteCost cost)
    {
        if (isOff)
            return null;
        var wait = accounts.Take((UInt128)caller.Account, cost.Weight, NowMs(), out _);
        if (wait == TimeSpan.Zero && !caller.IsPerson)
            wait = keys.Take(Subject(caller.KeyId), cost.Weight, NowMs(), out _);
        return RefuseIf(http, wait) ?? (cost.Kind == CostKind.Order ? ChargeOrders(http, caller, 1) : null);
    }

    /// <summary>An order over a socket counts like one of its own request; there are no headers to tell it in.</summary>
    public Refusal? ChargeOrder(Caller caller)
    {
        if (isOff)
            return null;
        var wait = accounts.Take((UInt128)caller.Account, 1, NowMs(), out _);
        if (wait == TimeSpan.Zero)
            wait = orders.Take((UInt128)caller.Account, 1, NowMs(), out _);
        return wait == TimeSpan.Zero ? null : EdgeErrors.TooManyRequests;
    }

    /// <summary>A batch costs as much as its orders would one by one.</summary>
    public Refusal? ChargeOrders(HttpContext http, Caller caller, int count)
    {
        if (isOff || count == 0)
            return null;
        var wait = orders.Take((UInt128)caller.Account, count, NowMs(), out var used);
        http.Response.Headers[OrderCountHeader] = Whole(used);
        return RefuseIf(http, wait);
    }

    /// <summary>Nobody's mailbox is filled and nobody's password is guessed from many addresses at once.</summary>
    public Refusal? ChargeEmail(HttpContext http, string email) =>
        isOff ? null : RefuseIf(http, signIns.Take(Subject(email), 1, NowMs(), out _));

    private static TokenBuckets PerSecond(double rate) => new(rate, Math.Max(1, rate));

    private static Refusal? RefuseIf(HttpContext http, TimeSpan wait)
    {
        if (wait == TimeSpan.Zero)
            return null;
        http.Response.Headers.RetryAfter = Whole(Math.Max(1, Math.Ceiling(wait.TotalSeconds)));
        return EdgeErrors.TooManyRequests;
    }

    /// <summary>Whoever has an IPv6 address usually has a whole /64 of them.</summary>
    private static UInt128 Subject(IPAddress? address)
    {
        if (address is null)
            return 0;
        Span<byte> bytes = stackalloc byte[16];
        var mapped = address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address;
        mapped.TryWriteBytes(bytes, out _);
        if (!mapped.IsIPv4MappedToIPv6)
            bytes[Ipv6NetworkBytes..].Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static UInt128 Subject(string text) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Whole(double value) => ((long)Math.Ceiling(value)).ToString(CultureInfo.InvariantCulture);

    private long NowMs() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
