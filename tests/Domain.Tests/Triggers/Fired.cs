using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Triggers;

/// <summary>Notes what fires and, where the test says so, does something about it.</summary>
internal readonly struct Fired(List<Trigger> fired, Action<Trigger>? reaction = null) : ITriggerSink
{
    void ITriggerSink.Fired(in Trigger trigger)
    {
        fired.Add(trigger);
        reaction?.Invoke(trigger);
    }
}
