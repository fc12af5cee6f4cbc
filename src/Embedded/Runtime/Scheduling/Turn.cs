namespace Exchange.Embedded;

/// <summary>Something that a lane runs from start to first await without anything else in between.</summary>
public abstract class Turn
{
    private protected Turn()
    {
    }

    internal abstract void Run();
}

internal sealed class CallbackTurn(Action callback) : Turn
{
    internal override void Run() => callback();
}
