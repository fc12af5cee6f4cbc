using Exchange.Bench.Calls;
using Exchange.Bench.Journal;
using Exchange.Bench.Replay;

var commands = new Dictionary<string, Func<string[], int>>
{
    ["replay"] = ReplayCommand.Run,
    ["calls"] = CallsBench.Run,
    ["journal"] = JournalBench.Run,
    ["readmodel"] = ReadModelBench.Run,
};

if (args.Length > 0 && commands.TryGetValue(args[0], out var command))
    return command(args[1..]);

Console.Error.WriteLine($"usage: bench {string.Join(" | ", commands.Keys)}");
return 2;
