using Exchange.Embedded.Runtime;

namespace Orleans;

/// <summary>The base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainContext? _context;

    protected Grain() => _context = Activation.BeingCreated;

    public IGrainContext GrainContext =>
        _context ?? throw new InvalidOperationException("Grain was created outside of the Orleans creation process and no runtime was specified.");

    public GrainReference GrainReference => GrainContext.GrainReference;

    protected IGrainFactory GrainFactory => RuntimeContext.Silo.Factory;

    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    public string IdentityString => GrainContext.GrainId.ToString();

    private Activation RuntimeContext => (Activation)GrainContext;

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    protected void DeactivateOnIdle() =>
        GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    protected void DelayDeactivation(TimeSpan timeSpan) => RuntimeContext.DelayDeactivation(timeSpan);
}
