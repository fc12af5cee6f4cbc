using Exchange.Embedded.Runtime;

namespace Orleans.Runtime;

/// <summary>A grain as others hold it. The proxies that the runtime emits derive from this.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly Silo _silo;
    private readonly GrainId _grainId;
    private readonly GrainInterfaceType _interfaceType;
    private Mailbox? _mailbox;

    internal GrainReference(Silo silo, GrainId grainId, GrainInterfaceType interfaceType) =>
        (_silo, _grainId, _interfaceType) = (silo, grainId, interfaceType);

    public GrainId GrainId => _grainId;

    public GrainInterfaceType InterfaceType => _interfaceType;

    public virtual string InterfaceName => _interfaceType.ToString();

    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)CastTo(typeof(TGrainInterface));

    public bool Equals(GrainReference? other) => other is not null && _grainId.Equals(other._grainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => _grainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{_grainId}:{_interfaceType}";

    public static bool operator ==(GrainReference? left, GrainReference? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    internal GrainReference CastTo(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : _silo.Proxies.Create(interfaceType, _silo, _grainId);

    internal Task<T> Call<T>(Request<T> request)
    {
        var answer = request.OpenAnswer(_silo.CompletionOptions);
        Send(request);
        return answer;
    }

    internal Task CallVoid(Request<Nothing> request) => Call(request);

    internal ValueTask<T> CallValue<T>(Request<T> request) => new(Call(request));

    internal ValueTask CallValueVoid(Request<Nothing> request) => new(Call(request));

    internal void Post(Request request) => Send(request);

    internal Task PostTask(Request request)
    {
        Send(request);
        return Task.CompletedTask;
    }

    internal ValueTask PostValueTask(Request request)
    {
        Send(request);
        return ValueTask.CompletedTask;
    }

    /// <summary>The mailbox is remembered; one that was retired since refuses, and the next one is looked up.</summary>
    private void Send(Request request)
    {
        request.Prepare(_silo);
        if (_mailbox?.Deliver(request) != true)
            _mailbox = _silo.Deliver(request, _grainId, _mailbox);
    }
}
