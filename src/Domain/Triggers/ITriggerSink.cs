namespace Exchange.Domain.Triggers;

/// <summary>
/// Hears of each trigger that fires, once; by then it is no longer armed. It may arm, move and cancel triggers, the one
/// that fired included, but not fire.
/// </summary>
public interface ITriggerSink
{
    void Fired(in Trigger trigger);
}
