using System.Net;

namespace Exchange.Bench.Orders;

/// <summary>
/// Drives a closed loop: every connection sends its next order when the answer to the one before has come.
/// Sockets only, since the generator shares the processors with what it measures.
/// </summary>
public sealed class LoadGenerator : IDisposable
{
    /// <summary>Not for the silos that it starts: they are to run as they do for everybody.</summary>
    public static readonly string[] OwnSocketSettings =
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"];

    private readonly IPEndPoint _server;
    private readonly LoadRun _run;
    private readonly List<LoadConnection> _connections = [];

    public LoadGenerator(Uri address, OrderWire wire, IEnumerable<IOrderSource> sources, long ordersToSend = long.MaxValue)
    {
        _server = new IPEndPoint(IPAddress.Loopback, address.Port);
        _run = new LoadRun(ordersToSend);
        foreach (var source in sources)
            _connections.Add(new LoadConnection(_run, source, wire));
    }

    public LoadRun Run => _run;

    /// <summary>
    /// Completions run on the thread that waits for the sockets instead of crossing to the pool, and one such thread is enough.
    /// To be called before the process touches its first socket.
    /// </summary>
    public static void UseOneThread()
    {
        foreach (var setting in OwnSocketSettings)
            Environment.SetEnvironmentVariable(setting, "1");
    }

    /// <summary>Ends when the orders are used up or the run is stopped, with every request answered.</summary>
    public async Task<LoadTally> RunAsync()
    {
        await Task.WhenAll(_connections.Select(connection => connection.RunAsync(_server)));
        var total = new LoadTally();
        foreach (var connection in _connections)
            total.Add(connection.Tally);
        return total;
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }
}
