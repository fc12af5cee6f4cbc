using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as a value.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    string GetMethodName();

    string GetInterfaceName();

    MethodInfo GetMethod();

    Type GetInterfaceType();
}
