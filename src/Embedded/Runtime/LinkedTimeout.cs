namespace Exchange.Embedded.Runtime;

/// <summary>Cancelled when the time is over or the linked token is; once disposed it hears of neither.</summary>
internal sealed class LinkedTimeout : CancellationTokenSource
{
    private readonly CancellationTokenRegistration _registration;

    public LinkedTimeout(TimeSpan time, TimeProvider clock, CancellationToken linked)
        : base(time, clock) =>
        _registration = linked.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _registration.Dispose();
        base.Dispose(disposing);
    }
}
