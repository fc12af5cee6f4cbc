using Microsoft.AspNetCore.Http.Features;

namespace Exchange.Api.Streams;

/// <summary>Puts a <see cref="CorkedStream"/> between a connection and the WebSocket that is made of it.</summary>
internal sealed class CorkedUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    public CorkedStream? Stream { get; private set; }

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() => Stream = new CorkedStream(await inner.UpgradeAsync());
}
