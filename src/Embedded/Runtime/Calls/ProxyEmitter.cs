using System.Reflection;
using System.Reflection.Emit;

namespace Exchange.Embedded.Runtime;

/// <summary>Emits, for a grain interface, the class of its references and a request class for each of its methods.</summary>
internal sealed class ProxyEmitter
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly Type[] s_constructorParameters = [typeof(Silo), typeof(GrainId), typeof(GrainInterfaceType)];

    private readonly Type _interface;
    private readonly ModuleBuilder _module;

    private ProxyEmitter(Type grainInterface)
    {
        _interface = grainInterface;
        var name = new AssemblyName($"Proxies.{grainInterface.FullName}");
        var assembly = AssemblyBuilder.DefineDynamicAssembly(name, AssemblyBuilderAccess.Run);
        _module = assembly.DefineDynamicModule(name.Name!);
        AccessChecks.Lift(assembly, _module, grainInterface);
    }

    internal static ProxyFactory.Constructor Emit(Type grainInterface)
    {
        GrainInterfaceRules.Check(grainInterface);
        return new ProxyEmitter(grainInterface).EmitProxy();
    }

    private ProxyFactory.Constructor EmitProxy()
    {
        var proxy = _module.DefineType(
            $"{_interface.Name}_Reference", TypeAttributes.Sealed | TypeAttributes.Class, typeof(GrainReference), [_interface]);
        EmitConstructor(proxy);
        var index = 0;
        foreach (var method in GrainInterfaceRules.MethodsOf(_interface))
            EmitMethod(proxy, method, RequestEmitter.Emit(_module, _interface, method, index++));

        var made = proxy.CreateType();
        return CreateDelegate(made);
    }

    private static ProxyFactory.Constructor CreateDelegate(Type proxy)
    {
        var create = new DynamicMethod("Create", typeof(GrainReference), s_constructorParameters, proxy.Module, skipVisibility: true);
        var il = create.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Newobj, proxy.GetConstructor(Instance, s_constructorParameters)!);
        il.Emit(OpCodes.Ret);
        return create.CreateDelegate<ProxyFactory.Constructor>();
    }

    private static void EmitConstructor(TypeBuilder proxy)
    {
        var constructor = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, s_constructorParameters);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(Instance, s_constructorParameters)!);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>The proxy's method copies what must be copied into a new request and sends it.</summary>
    private static void EmitMethod(TypeBuilder proxy, MethodInfo method, EmittedRequest request)
    {
        var parameters = method.GetParameters();
        var implementation = proxy.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot | MethodAttributes.Virtual,
            method.ReturnType,
            [.. parameters.Select(p => p.ParameterType)]);
        var il = implementation.GetILGenerator();
        var local = il.DeclareLocal(request.Type);
        il.Emit(OpCodes.Newobj, request.Constructor);
        il.Emit(OpCodes.Stloc, local);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, local);
            EmitArgument(il, local, parameters[i], i + 1);
            il.Emit(OpCodes.Stfld, request.Arguments[i]);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, local);
        il.Emit(OpCodes.Call, SenderFor(method));
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(implementation, method);
    }

    private static void EmitArgument(ILGenerator il, LocalBuilder request, ParameterInfo parameter, int position)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            il.Emit(OpCodes.Ldloc, request);
            il.Emit(OpCodes.Ldarg, position);
            il.Emit(OpCodes.Call, typeof(Request).GetMethod(nameof(Request.Link), Instance)!);
            return;
        }

        il.Emit(OpCodes.Ldarg, position);
        if (!parameter.IsDefined(typeof(ImmutableAttribute)))
            il.Emit(OpCodes.Call, typeof(Copying.DeepCopy).GetMethod(nameof(Copying.DeepCopy.Of))!.MakeGenericMethod(type));
    }

    private static MethodInfo SenderFor(MethodInfo method)
    {
        var isOneWay = new GrainMethod(method.DeclaringType!, method).IsOneWay;
        var returned = method.ReturnType;
        if (returned == typeof(void))
            return Sender(nameof(GrainReference.Post));
        if (returned == typeof(Task))
            return Sender(isOneWay ? nameof(GrainReference.PostTask) : nameof(GrainReference.CallVoid));
        if (returned == typeof(ValueTask))
            return Sender(isOneWay ? nameof(GrainReference.PostValueTask) : nameof(GrainReference.CallValueVoid));

        var generic = returned.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(GrainReference.Call) : nameof(GrainReference.CallValue);
        return Sender(generic).MakeGenericMethod(returned.GetGenericArguments());
    }

    private static MethodInfo Sender(string name) => typeof(GrainReference).GetMethod(name, Instance)!;
}
