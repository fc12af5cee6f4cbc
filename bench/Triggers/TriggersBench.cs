using System.Diagnostics;
using Exchange.Domain.Triggers;

namespace Exchange.Bench.Triggers;

/// <summary>
/// One symbol's trigger index in memory: ticks that fire nothing, ticks that fire and arm again, and a crash that fires
/// half of everything. Rates are medians of five passes on one thread.
/// </summary>
public static class TriggersBench
{
    private const int Passes = 5;
    private const int Ticks = 4_000_000;
    private const int Batch = 4_096;
    private const int Armed = 1_000_000;
    private const long Centre = 10_000_000;

    public static int Run(string[] args)
    {
        if (args.Length > 0)
        {
            Console.Error.WriteLine("usage: bench triggers");
            return 2;
        }

        WarmUp();
        QuietTicks(10);
        QuietTicks(Armed);
        foreach (var near in (ReadOnlySpan<int>)[50, 1_000, 5_000])
            FiringTicks(near);
        Cascade();
        PositionsBench.Run();
        return 0;
    }

    /// <summary>Hot code is compiled anew on a thread of its own; that is to be over before the first rate is taken.</summary>
    private static void WarmUp()
    {
        for (var pass = 0; pass < 3; pass++)
        {
            QuietTicks(10, isWarmUp: true);
            Thread.Sleep(TimeSpan.FromMilliseconds(300));
        }
    }

    private static void QuietTicks(int armed, bool isWarmUp = false)
    {
        var index = FarTriggers(armed);
        var path = RandomPath(stepMax: 200, within: 20_000);
        Measure(path, index, Walk.NoRearm, out var rate, out var fired, out var allocated);
        if (!isWarmUp)
            Console.WriteLine(
                $"quiet ticks, {armed:N0} armed: {rate / 1e6:F1}M ticks/s, {1e9 / rate:F2} ns/tick, fired {fired}, allocated {allocated} B");
    }

    /// <summary>The price walks within 200 ticks of the centre, and what fires is armed again somewhere within them.</summary>
    private static void FiringTicks(int near)
    {
        var index = FarTriggers(Armed - near);
        var random = new Random(7);
        for (var i = 1; i <= near; i++)
            index.Arm(Walk.Rearmed(Armed + i, Centre, unchecked((uint)random.Next())));
        var path = RandomPath(stepMax: 5, within: 200);
        Measure(path, index, new Walk(index), out var rate, out var fired, out var allocated);
        Console.WriteLine(
            $"firing ticks, {index.Count:N0} armed, {near:N0} of them within +-200 ticks: {rate / 1e6:F1}M ticks/s with "
            + $"{(double)fired / Ticks:F2} fires/tick, {rate * fired / Ticks / 1e6:F1}M fires/s, allocated {allocated} B");
        index.Validate();
    }

    /// <summary>The price falls through half of a million stops in a thousand ticks; then everything must still be in order.</summary>
    private static void Cascade()
    {
        const int cascade = Armed / 2;
        var rates = new double[Passes];
        for (var pass = 0; pass < Passes; pass++)
        {
            var index = new TriggerIndex();
            var random = new Random(11);
            for (var id = 1; id <= cascade; id++)
            {
                index.Arm(new Trigger(id, 0, TriggerDirection.Falling, Centre - 1 - random.Next(1_000_000)));
                index.Arm(new Trigger(id, 1, TriggerDirection.Rising, Centre + 1 + random.Next(1_000_000)));
            }

            var sink = new Closing(index, new bool[cascade + 1]);
            var start = Stopwatch.GetTimestamp();
            for (var price = Centre; price >= Centre - 1_000_000; price -= 1_000)
                index.Fire(TriggerDirection.Falling, price, ref sink);
            rates[pass] = cascade / Stopwatch.GetElapsedTime(start).TotalSeconds;
            index.Validate();
            if (sink.Fired != cascade || index.Count != 0)
                throw new InvalidOperationException($"{sink.Fired} of {cascade} fired and {index.Count} are still armed.");
        }

        Console.WriteLine($"cascade of {cascade:N0} fires, each cancelling the other trigger of its position: {Median(rates) / 1e6:F2}M fires/s, "
            + "every one fired once, nothing left armed, index valid");
    }

    private static void Measure(long[] path, TriggerIndex index, Walk sink, out double rate, out long fired, out long allocated)
    {
        var rates = new double[Passes];
        fired = allocated = 0;
        for (var pass = -2; pass < Passes; pass++)
        {
            sink.Reset();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var from = 0; from < path.Length; from += Batch)
                FireBatch(index, path.AsSpan(from, Math.Min(Batch, path.Length - from)), ref sink);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            fired = sink.Fires;
            if (pass >= 0)
                rates[pass] = path.Length / seconds;
        }

        rate = Median(rates);
    }

    private static void FireBatch(TriggerIndex index, ReadOnlySpan<long> prices, ref Walk sink)
    {
        foreach (var price in prices)
        {
            sink.Price = price;
            index.Fire(TriggerDirection.Falling, price, ref sink);
            index.Fire(TriggerDirection.Rising, price, ref sink);
        }
    }

    /// <summary>Half below and half above the price, from 1% to 50% away.</summary>
    private static TriggerIndex FarTriggers(int count)
    {
        var index = new TriggerIndex();
        var random = new Random(5);
        for (var id = 1; id <= count; id++)
        {
            var away = random.NextInt64(Centre / 100, Centre / 2);
            index.Arm(id % 2 == 0
                ? new Trigger(id, 0, TriggerDirection.Falling, Centre - away)
                : new Trigger(id, 0, TriggerDirection.Rising, Centre + away));
        }

        return index;
    }

    private static long[] RandomPath(int stepMax, int within)
    {
        var random = new Random(3);
        var path = new long[Ticks];
        var price = Centre;
        for (var i = 0; i < path.Length; i++)
        {
            price = Math.Clamp(price + random.Next(-stepMax, stepMax + 1), Centre - within, Centre + within);
            path[i] = price;
        }

        return path;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private struct Walk(TriggerIndex? index) : ITriggerSink
    {
        private uint _random = 1;

        public static Walk NoRearm => new(null);

        public long Price { get; set; }
        public long Fires { get; private set; }

        public void Reset() => Fires = 0;

        public void Fired(in Trigger trigger)
        {
            Fires++;
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            index?.Arm(Rearmed(trigger.Id, Price, _random));
        }

        public static Trigger Rearmed(long id, long price, uint random)
        {
            var level = Centre - 200 + random % 401;
            return new Trigger(id, 0, level < price ? TriggerDirection.Falling : TriggerDirection.Rising, level);
        }
    }

    private struct Closing(TriggerIndex index, bool[] seen) : ITriggerSink
    {
        public int Fired { get; private set; }

        void ITriggerSink.Fired(in Trigger trigger)
        {
            if (seen[trigger.Id])
                throw new InvalidOperationException($"Position {trigger.Id} fired twice.");
            seen[trigger.Id] = true;
            index.Cancel(trigger.Id, 1);
            Fired++;
        }
    }
}
