namespace Exchange.Grains.Tests.Support;

/// <summary>
/// What ties a silo to the world. In one process a silo that is killed leaves code behind that would still write; once this is
/// cut, nothing that it began reaches anything or ever ends, as if its process were gone.
/// </summary>
public sealed class LifeLine
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly List<Action> _ends = [];
    private volatile bool _isCut;

    public bool IsCut => _isCut;

    public void Cut()
    {
        Action[] ends;
        lock (_ends)
        {
            _isCut = true;
            ends = [.. _ends];
        }

        foreach (var end in ends)
            end();
    }

    public void AtEnd(Action end)
    {
        lock (_ends)
            _ends.Add(end);
    }

    public Task Crossing() => _isCut ? Never : Task.CompletedTask;

    public async Task Through(Func<Task> action)
    {
        await Crossing();
        await action();
        await Crossing();
    }

    public async Task<T> Through<T>(Func<Task<T>> action)
    {
        await Crossing();
        var result = await action();
        await Crossing();
        return result;
    }
}
