namespace Exchange.Feeds.Replay;

/// <summary>Everything there is to replay, as one stream in order of time; what happened at once stays in a fixed order.</summary>
internal sealed class ReplaySources : IReplaySource
{
    private readonly List<IReplaySource> _sources = [];
    private readonly PriorityQueue<(ReplayLine Line, int Source), (long AtMs, int Source)> _next = new();

    public ReplaySources(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.GetFiles(path).Order(StringComparer.Ordinal)] : [path];
        string[] recordings = [.. files.Where(file => file.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))];
        if (recordings.Length > 0)
            _sources.Add(new RecordedSource(recordings));
        foreach (var symbol in files.Where(IsKline).GroupBy(KlineSource.SymbolOf).OrderBy(group => group.Key, StringComparer.Ordinal))
            _sources.Add(new KlineSource(symbol.Key, [.. symbol]));
        if (_sources.Count == 0)
            throw new FileNotFoundException($"There is nothing to replay at '{path}'.", path);
        for (int i = 0; i < _sources.Count; i++)
            Pull(i);
    }

    public ReplayLine? Peek() => _next.TryPeek(out var next, out _) ? next.Line : null;

    public ReplayLine? Next()
    {
        if (!_next.TryDequeue(out var next, out _))
            return null;
        Pull(next.Source);
        return next.Line;
    }

    public void Dispose() => _sources.ForEach(source => source.Dispose());

    private void Pull(int source)
    {
        if (_sources[source].Next() is { } line)
            _next.Enqueue((line, source), (line.HeardAtMs, source));
    }

    private static bool IsKline(string file) =>
        file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
        || file.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)
        || file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
