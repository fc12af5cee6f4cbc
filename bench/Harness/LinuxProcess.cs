using System.Globalization;
using System.Runtime.InteropServices;

namespace Exchange.Bench.Harness;

/// <summary>Processor time in seconds: of the program itself, and of the kernel on its behalf.</summary>
public readonly record struct CpuTime(double User, double System)
{
    public double Seconds => User + System;

    public static CpuTime operator +(CpuTime left, CpuTime right) => new(left.User + right.User, left.System + right.System);

    public static CpuTime operator -(CpuTime left, CpuTime right) => new(left.User - right.User, left.System - right.System);
}

/// <summary>What Linux tells about a process, and the signals that .NET has no name for.</summary>
public static class LinuxProcess
{
    private const int SignalTerminate = 15;
    private const double ClockTicksPerSecond = 100;

    public static void Terminate(int processId)
    {
        if (SendSignal(processId, SignalTerminate) != 0)
            throw new InvalidOperationException($"Could not signal process {processId}.");
    }

    /// <summary>User and system time of all threads.</summary>
    public static double CpuSeconds(int processId) => CpuTimeOf(processId).Seconds;

    public static CpuTime CpuTimeOf(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        // The second field is the program's name in parentheses and may hold spaces, so fields are counted after it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int UserTime = 11, SystemTime = 12;
        return new CpuTime(Seconds(fields[UserTime]), Seconds(fields[SystemTime]));
    }

    /// <summary>Of all processes of a program that run now.</summary>
    public static CpuTime CpuTimeOfAll(string program)
    {
        var sum = default(CpuTime);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), out var id) && File.ReadAllText($"{folder}/comm").TrimEnd() == program)
                    sum += CpuTimeOf(id);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return sum;
    }

    public static long ResidentBytes(int processId) => StatusBytes(processId, "VmRSS:");

    /// <summary>Resident without what is mapped from files, which the system takes back when it wants to.</summary>
    public static long PrivateBytes(int processId) => StatusBytes(processId, "RssAnon:");

    private static double Seconds(string ticks) => long.Parse(ticks, CultureInfo.InvariantCulture) / ClockTicksPerSecond;

    private static long StatusBytes(int processId, string field)
    {
        foreach (var line in File.ReadLines($"/proc/{processId}/status"))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
                return long.Parse(line.Split(' ', '\t')[^2], CultureInfo.InvariantCulture) * 1024;
        }

        throw new InvalidOperationException($"Process {processId} has no memory: it is gone.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);
}
