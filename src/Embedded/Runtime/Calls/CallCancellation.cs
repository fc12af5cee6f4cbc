namespace Exchange.Embedded.Runtime;

/// <summary>Carries a cancellation from the caller to the turn of the callee.</summary>
internal sealed class CallCancellation(CancellationToken callersToken) : IDisposable
{
    private readonly CancellationTokenSource _callees = new();
    private CancellationTokenRegistration _registration;
    private Request? _request;

    internal CancellationToken CalleesToken => _callees.Token;

    internal void Arm(Request request)
    {
        _request = request;
        _registration = callersToken.UnsafeRegister(static state => ((CallCancellation)state!).OnCancelled(), this);
    }

    public void Dispose() => _registration.Dispose();

    private void OnCancelled()
    {
        _request!.CancelledByCaller(callersToken);
        _request.CancelCallee(_callees);
    }
}

internal sealed class CancelTurn(CancellationTokenSource source) : Turn
{
    internal override void Run() => source.Cancel();
}
