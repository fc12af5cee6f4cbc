using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Triggers;

public sealed class TriggerAllocationTests
{
    [Fact]
    public void The_index_allocates_nothing_once_it_has_grown()
    {
        var index = new TriggerIndex();
        RunRound(index);
        index.Clear();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var fired = RunRound(index);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(fired > 1_000, $"only {fired} triggers fired");
    }

    private static int RunRound(TriggerIndex index)
    {
        var sink = new Rearming(index);
        for (var i = 1; i <= 20_000; i++)
        {
            var away = i % 7 == 0 ? i * 1_000L : i % 400;
            var direction = (TriggerDirection)(i & 1);
            var price = 1_000_000_000L + i % 300;
            index.Arm(new Trigger(i, i % 3, direction, price + (direction == TriggerDirection.Falling ? -away : away)));
            index.Fire(direction, price, ref sink);
            index.Cancel(i / 2, i / 2 % 3);
        }

        return sink.Count;
    }

    private struct Rearming(TriggerIndex index) : ITriggerSink
    {
        public int Count { get; private set; }

        public void Fired(in Trigger trigger)
        {
            Count++;
            if (trigger.Slot > 0)
                index.Arm(trigger with { Slot = trigger.Slot - 1, Level = trigger.Level + (trigger.Id % 5) - 2 });
        }
    }
}
