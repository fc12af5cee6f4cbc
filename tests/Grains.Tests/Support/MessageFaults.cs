using System.Collections.Concurrent;

namespace Exchange.Grains.Tests.Support;

/// <summary>Messages to grains that a test loses, before they arrive or on the way back; it also remembers what arrived.</summary>
public sealed class MessageFaults : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<(string Method, GrainId Target, object? Argument)> _sent = new();

    public Func<string, GrainId, MessageFault> Fault { get; set; } = (_, _) => MessageFault.None;

    public int CountOf(string method) => _sent.Count(message => message.Method == method);

    public T Last<T>(string method) => (T)_sent.Last(message => message.Method == method).Argument!;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var argument = context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0) : null;
        var fault = Fault(context.MethodName, context.TargetId);
        _sent.Enqueue((context.MethodName, context.TargetId, argument));
        if (fault == MessageFault.Lost)
            throw new TimeoutException("The message was lost.");
        await context.Invoke();
        if (fault == MessageFault.ReplyLost)
            throw new TimeoutException("The reply was lost.");
    }

    /// <summary>The first so many calls of a method go wrong.</summary>
    public void FailFirst(int count, string method, MessageFault fault)
    {
        var left = count;
        Fault = (called, _) => called == method && Interlocked.Decrement(ref left) >= 0 ? fault : MessageFault.None;
    }

    public void FailAll(MessageFault fault, params string[] methods) =>
        Fault = (called, _) => methods.Contains(called) ? fault : MessageFault.None;

    public void Heal() => Fault = (_, _) => MessageFault.None;
}

public enum MessageFault
{
    None = 0,
    Lost = 1,
    ReplyLost = 2,
}
