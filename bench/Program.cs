using Exchange.Bench.Calls;
using Exchange.Bench.Feed;
using Exchange.Bench.Journal;
using Exchange.Bench.Orders;
using Exchange.Bench.Replay;
using Exchange.Bench.Restart;
using Exchange.Bench.Streaming;
using Exchange.Bench.Triggers;

var commands = new Dictionary<string, Func<string[], Task<int>>>
{
    ["replay"] = words => Task.FromResult(ReplayCommand.Run(words)),
    ["calls"] = words => Task.FromResult(CallsBench.Run(words)),
    ["journal"] = words => Task.FromResult(JournalBench.Run(words)),
    ["flush"] = words => Task.FromResult(FlushBench.Run(words)),
    ["readmodel"] = words => Task.FromResult(ReadModelBench.Run(words)),
    ["feed"] = FeedBench.RunAsync,
    ["orders"] = OrdersCommand.RunAsync,
    ["restart"] = RestartCommand.RunAsync,
    ["detect"] = DetectBench.RunAsync,
    ["triggers"] = words => Task.FromResult(TriggersBench.Run(words)),
    ["streams"] = StreamsBench.RunAsync,
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    Console.Error.WriteLine($"usage: bench {string.Join(" | ", commands.Keys)}");
    return 2;
}

try
{
    return await command(args[1..]);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
