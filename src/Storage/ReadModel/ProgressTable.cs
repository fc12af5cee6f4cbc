using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>The watermarks: written in the same transaction as what they stand for, so that nothing is skipped or repeated.</summary>
internal sealed class ProgressTable
{
    private const int KeptMax = 100_000;
    private readonly Dictionary<string, StreamProgress> _known = [];
    private readonly List<StreamProgress> _changed = [];
    private readonly ISqlStatement _find;
    private readonly ISqlStatement _write;

    /// <summary>Reads what there is at once, since catching up looks at every stream.</summary>
    public ProgressTable(StatementCache session)
    {
        _find = session["SELECT sequence FROM watermarks WHERE stream = $1"];
        _write = session["INSERT INTO watermarks (stream, sequence) VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET sequence = excluded.sequence"];
        ISqlStatement all = session["SELECT stream, sequence FROM watermarks ORDER BY stream LIMIT $1"].Bind(1, KeptMax);
        while (all.Read())
        {
            _known.Add(all.Text(0), new StreamProgress(all.Text(0), all.Int64(1)));
        }
    }

    public StreamProgress Of(string stream)
    {
        if (_known.TryGetValue(stream, out StreamProgress? progress))
        {
            return progress;
        }

        long sequence = 0;
        if (_find.Bind(1, stream).Read())
        {
            sequence = _find.Int64(0);
            _find.Reset();
        }

        progress = new StreamProgress(stream, sequence);
        _known.Add(stream, progress);
        return progress;
    }

    public void Advance(StreamProgress progress)
    {
        progress.Sequence++;
        if (!progress.IsChanged)
        {
            progress.IsChanged = true;
            _changed.Add(progress);
        }
    }

    public void Write()
    {
        foreach (StreamProgress progress in _changed)
        {
            _write.Bind(1, progress.Stream).Bind(2, progress.Sequence).Add();
            progress.IsChanged = false;
        }

        _changed.Clear();
        if (_known.Count > KeptMax)
        {
            _known.Clear();
        }
    }
}
