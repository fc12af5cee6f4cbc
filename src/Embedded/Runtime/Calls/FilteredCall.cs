using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Exchange.Embedded.Runtime;

/// <summary>A call on its way through the filters to the grain.</summary>
internal sealed class FilteredCall : IIncomingGrainCallContext
{
    private readonly Request _request;
    private readonly Activation _activation;
    private int _stage;

    private FilteredCall(Request request, Activation activation) => (_request, _activation) = (request, activation);

    public IInvokable Request => _request;

    public object Grain => _activation.Instance;

    public GrainId? SourceId => _request.Source;

    public GrainId TargetId => _activation.GrainId;

    public GrainInterfaceType InterfaceType => ProxyFactory.InterfaceTypeOf(_request.Method.Interface);

    public string InterfaceName => _request.GetInterfaceName();

    public string MethodName => _request.GetMethodName();

    public MethodInfo InterfaceMethod => _request.Method.Method;

    public IGrainContext TargetContext => _activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = Grain.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    public object? Result { get; set; }

    internal static Task<FilteredResult> Run(Request request, Activation activation) => new FilteredCall(request, activation).RunAsync();

    public async Task Invoke()
    {
        var filters = _activation.Silo.Filters;
        var stage = _stage++;
        if (stage < filters.Count)
        {
            await filters[stage].Invoke(this);
        }
        else if (stage == filters.Count && Grain is IIncomingGrainCallFilter own)
        {
            await own.Invoke(this);
        }
        else
        {
            var running = _request.Invoke(Grain);
            await running;
            Result = _request.ResultOf(running);
        }
    }

    private async Task<FilteredResult> RunAsync()
    {
        await Invoke();
        return new FilteredResult(Result);
    }
}

/// <summary>What the filters left as the result of a call.</summary>
internal sealed record FilteredResult(object? Value);
