using System.Globalization;
using System.Runtime.CompilerServices;

namespace Exchange.Embedded.Runtime;

internal sealed class GrainFactory(Silo silo) : IClusterClient
{
    private readonly ConditionalWeakTable<IGrainObserver, Dictionary<Type, Mailbox>> _observers = [];
    private long _lastObserver;

    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentNullException.ThrowIfNull(primaryKey);
        return GetGrain<TGrainInterface>(IdSpan.Create(primaryKey));
    }

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        GetGrain<TGrainInterface>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey));

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)silo.Proxies.Create(typeof(TGrainInterface), silo, grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or IGrainBase)
            throw new ArgumentException("A grain or a reference is no observer object; pass it as it is.", nameof(obj));

        var mailboxes = _observers.GetOrCreateValue(obj);
        lock (mailboxes)
        {
            if (!mailboxes.TryGetValue(typeof(TGrainObserverInterface), out var mailbox))
                mailboxes[typeof(TGrainObserverInterface)] = mailbox = Observe(typeof(TGrainObserverInterface), obj);
            return (TGrainObserverInterface)(object)mailbox.Activation!.GrainReference;
        }
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        var reference = obj as GrainReference ?? ReferenceTo(obj, typeof(TGrainObserverInterface))
            ?? throw new ArgumentException("Reference is not associated with a local object.", nameof(obj));
        silo.TryFindMailbox(reference.GrainId)?.Detach(new OrleansMessageRejectionException($"The observer {reference.GrainId} was deleted."));
    }

    private TGrainInterface GetGrain<TGrainInterface>(IdSpan key) =>
        (TGrainInterface)(object)silo.Proxies.Create(
            typeof(TGrainInterface), silo, GrainId.Create(silo.Types.ClassFor(typeof(TGrainInterface)).GrainType, key));

    private Mailbox Observe(Type observerInterface, IGrainObserver obj)
    {
        var number = Interlocked.Increment(ref _lastObserver).ToString(CultureInfo.InvariantCulture);
        if (silo.Cluster.IsShared)
            number = $"{silo.Address}-{number}";
        var mailbox = new Mailbox(silo, GrainId.Create(GrainClass.Observer.GrainType, number), GrainClass.Observer);
        mailbox.Attach(new Activation(mailbox, silo.Proxies.Create(observerInterface, silo, mailbox.GrainId), obj));
        silo.Add(mailbox);
        return mailbox;
    }

    private GrainReference? ReferenceTo(IGrainObserver obj, Type observerInterface)
    {
        if (!_observers.TryGetValue(obj, out var mailboxes))
            return null;

        lock (mailboxes)
            return mailboxes.Remove(observerInterface, out var mailbox) ? mailbox.Activation!.GrainReference : null;
    }
}
