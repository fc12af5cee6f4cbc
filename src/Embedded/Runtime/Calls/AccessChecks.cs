using System.Reflection;
using System.Reflection.Emit;

namespace Exchange.Embedded.Runtime;

/// <summary>
/// Lets an emitted assembly use the internal types of this one and of the grain interface's, as code that is generated into them could.
/// </summary>
internal static class AccessChecks
{
    private const string AttributeName = "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute";

    internal static void Lift(AssemblyBuilder assembly, ModuleBuilder module, Type grainInterface)
    {
        var attribute = DefineAttribute(module);
        var names = AssembliesIn(grainInterface).Append(typeof(Request).Assembly.GetName().Name!).Distinct();
        foreach (var name in names)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [name]));
    }

    private static HashSet<string> AssembliesIn(Type grainInterface)
    {
        var names = new HashSet<string>();
        foreach (var method in GrainInterfaceRules.MethodsOf(grainInterface))
        {
            names.Add(method.DeclaringType!.Assembly.GetName().Name!);
            foreach (var type in method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType))
                Collect(type, names);
        }

        names.Add(grainInterface.Assembly.GetName().Name!);
        return names;
    }

    private static void Collect(Type type, HashSet<string> names)
    {
        names.Add(type.Assembly.GetName().Name!);
        if (type.HasElementType)
            Collect(type.GetElementType()!, names);
        foreach (var argument in type.GetGenericArguments())
            Collect(argument, names);
    }

    private static ConstructorInfo DefineAttribute(ModuleBuilder module)
    {
        var type = module.DefineType(AttributeName, TypeAttributes.Class | TypeAttributes.Sealed, typeof(Attribute));
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, Type.EmptyTypes)!);
        il.Emit(OpCodes.Ret);
        return type.CreateType().GetConstructor([typeof(string)])!;
    }
}
