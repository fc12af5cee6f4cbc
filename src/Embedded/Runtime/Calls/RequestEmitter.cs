using System.Reflection;
using System.Reflection.Emit;

namespace Exchange.Embedded.Runtime;

internal readonly record struct EmittedRequest(Type Type, ConstructorInfo Constructor, FieldInfo[] Arguments);

/// <summary>Emits the class of the requests that call one method.</summary>
internal static class RequestEmitter
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private const MethodAttributes Override = MethodAttributes.HideBySig | MethodAttributes.Virtual | MethodAttributes.Final;

    internal static EmittedRequest Emit(ModuleBuilder module, Type grainInterface, MethodInfo method, int index)
    {
        var baseType = typeof(Request<>).MakeGenericType(ResultOf(method.ReturnType));
        var type = module.DefineType($"{method.Name}_{index}_Request", TypeAttributes.Sealed | TypeAttributes.Class, baseType);
        var parameters = method.GetParameters();
        var arguments = parameters.Select((p, i) => type.DefineField($"_{i}", p.ParameterType, FieldAttributes.Public)).ToArray();
        var described = type.DefineField("s_method", typeof(GrainMethod), FieldAttributes.Static | FieldAttributes.Public);

        EmitConstructor(type, baseType, described);
        EmitInvoke(type, method, arguments);
        EmitArgumentAccess(type, arguments);

        var made = type.CreateType();
        made.GetField("s_method")!.SetValue(null, new GrainMethod(grainInterface, method));
        return new EmittedRequest(
            made, made.GetConstructor(Type.EmptyTypes)!, [.. Enumerable.Range(0, arguments.Length).Select(i => made.GetField($"_{i}")!)]);
    }

    private static Type ResultOf(Type returned) => returned.IsGenericType ? returned.GetGenericArguments()[0] : typeof(Nothing);

    private static void EmitConstructor(TypeBuilder type, Type baseType, FieldInfo described)
    {
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, Type.EmptyTypes);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, described);
        il.Emit(OpCodes.Call, baseType.GetConstructor(Instance, [typeof(GrainMethod)])!);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitInvoke(TypeBuilder type, MethodInfo method, FieldBuilder[] arguments)
    {
        var invoke = type.DefineMethod(
            nameof(Request.Invoke), Override | MethodAttributes.Public, typeof(Task), [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var argument in arguments)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, argument);
        }

        il.Emit(OpCodes.Callvirt, method);
        EmitAsTask(il, method.ReturnType);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitAsTask(ILGenerator il, Type returned)
    {
        if (returned == typeof(void))
        {
            il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        }
        else if (returned.IsValueType)
        {
            var local = il.DeclareLocal(returned);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, returned.GetMethod(nameof(ValueTask.AsTask))!);
        }
    }

    private static void EmitArgumentAccess(TypeBuilder type, FieldBuilder[] arguments)
    {
        if (arguments.Length == 0)
            return;

        var count = type.DefineMethod(nameof(Request.GetArgumentCount), Override | MethodAttributes.Public, typeof(int), Type.EmptyTypes);
        var il = count.GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, arguments.Length);
        il.Emit(OpCodes.Ret);

        var get = type.DefineMethod(nameof(Request.GetArgument), Override | MethodAttributes.Public, typeof(object), [typeof(int)]);
        il = get.GetILGenerator();
        var labels = arguments.Select(_ => il.DefineLabel()).ToArray();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, labels);
        il.Emit(OpCodes.Newobj, typeof(ArgumentOutOfRangeException).GetConstructor(Type.EmptyTypes)!);
        il.Emit(OpCodes.Throw);
        for (var i = 0; i < arguments.Length; i++)
        {
            il.MarkLabel(labels[i]);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, arguments[i]);
            if (arguments[i].FieldType.IsValueType)
                il.Emit(OpCodes.Box, arguments[i].FieldType);
            il.Emit(OpCodes.Ret);
        }
    }
}
