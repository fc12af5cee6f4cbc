using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Exchange.Bench.Harness;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Hosting;

public sealed class ShutdownTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_says_that_it_is_not_ready_and_goes_on_until_the_drain_is_over()
    {
        using var folder = new TemporaryFolder();
        using var silo = SiloProcess.Start(SiloBuild.Locate(), folder.Data, "--Shutdown:DrainDelay=00:10:00");
        await silo.WaitUntilReadyAsync(Patience);
        using var client = new HttpClient { BaseAddress = silo.Address, Timeout = Patience };
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new UriBuilder(silo.Address) { Scheme = "ws", Path = "/ws" }.Uri, patience.Token);

        LinuxProcess.Terminate(silo.Id);
        await Eventually.HoldsAsync(async () => Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        using (var signedUp = await client.PostAsJsonAsync("/api/v1/user/signup", new { email = "late@example.com" }))
        {
            Assert.Equal(HttpStatusCode.OK, signedUp.StatusCode);
            Assert.True(signedUp.Headers.ConnectionClose);
        }

        Assert.Equal(WebSocketState.Open, socket.State);
        LinuxProcess.Terminate(silo.Id);
        var closed = await socket.ReceiveAsync(new byte[256], patience.Token);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (closed.MessageType, closed.CloseStatus));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
        Assert.Equal(0, await silo.WaitForExitAsync(Patience));
    }

    [Fact]
    public async Task Alone_it_stops_at_once()
    {
        using var folder = new TemporaryFolder();
        using var silo = SiloProcess.Start(SiloBuild.Locate(), folder.Data);
        await silo.WaitUntilReadyAsync(Patience);

        Assert.Equal(0, await silo.StopAsync(Patience));
        Assert.DoesNotContain("Asked to stop", await silo.OutputAsync(), StringComparison.Ordinal);
    }
}
