namespace Exchange.Simulation.Tests.World;

/// <summary>The seed's dice, and how often each thing goes wrong. Healed, nothing goes wrong any more.</summary>
public sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public bool IsHealed { get; set; }

    /// <summary>Each in a thousand.</summary>
    public int FlushLost { get; set; }
    public int FlushReplyLost { get; set; }
    public int JournalBusy { get; set; }
    public int JournalFull { get; set; }
    public int ReadFails { get; set; }
    public int MessageLost { get; set; }
    public int MessageReplyLost { get; set; }
    public int MessageLate { get; set; }
    public int SnapshotLost { get; set; }
    public int SnapshotDamaged { get; set; }

    public bool Fault(int inThousand) => !IsHealed && inThousand > 0 && _random.Next(1_000) < inThousand;

    public int Next(int below) => _random.Next(below);

    public int Next(int from, int below) => _random.Next(from, below);

    public bool OneIn(int count) => _random.Next(count) == 0;

    public T Of<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    public TimeSpan Ms(int from, int below) => TimeSpan.FromMilliseconds(_random.Next(from, below));

    /// <summary>Each seed has weather of its own: some are quiet, some are a storm of one kind.</summary>
    public void DrawWeather()
    {
        FlushLost = Draw(60);
        FlushReplyLost = Draw(60);
        ReadFails = Draw(20);
        MessageLost = Draw(80);
        MessageReplyLost = Draw(80);
        MessageLate = Draw(120);
        SnapshotLost = Draw(200);
        SnapshotDamaged = Draw(300);
        JournalBusy = Draw(100);
        JournalFull = Draw(100);
    }

    private int Draw(int most) => OneIn(3) ? 0 : Next(most);
}
