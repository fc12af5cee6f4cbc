using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Exchange.Api.Streams;

/// <summary>Puts a <see cref="FrameStream"/> between a connection and the WebSocket that is made of it, for HTTP/1.1 and HTTP/2.</summary>
[SuppressMessage("ApiDesign", "CA2252", Justification = "The feature of HTTP/2 is only passed on.")]
internal sealed class FrameUpgrade : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private readonly Socket? _socket;

    private FrameUpgrade(IFeatureCollection features)
    {
        _upgrade = features.Get<IHttpUpgradeFeature>();
        _connect = features.Get<IHttpExtendedConnectFeature>();
        if (features.Get<ITlsHandshakeFeature>() is null)
            _socket = features.Get<IConnectionSocketFeature>()?.Socket;
    }

    public FrameStream? Stream { get; private set; }

    public bool IsUpgradableRequest => _upgrade is { IsUpgradableRequest: true };
    public bool IsExtendedConnect => _connect is { IsExtendedConnect: true };
    public string? Protocol => _connect?.Protocol;

    public static void Into(HttpContext http)
    {
        var features = http.Features;
        var both = new FrameUpgrade(features);
        if (both._upgrade is not null)
            features.Set<IHttpUpgradeFeature>(both);
        if (both._connect is not null)
            features.Set<IHttpExtendedConnectFeature>(both);
        features.Set(both);
    }

    public async Task<Stream> UpgradeAsync() => Stream = new FrameStream(await _upgrade!.UpgradeAsync(), _socket);

    /// <summary>A stream of HTTP/2 is one of many on its connection.</summary>
    public async ValueTask<Stream> AcceptAsync() => Stream = new FrameStream(await _connect!.AcceptAsync(), null);
}
