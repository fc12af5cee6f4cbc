using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>The watermarks: written in the same transaction as what they stand for, so that nothing is skipped or repeated.</summary>
internal sealed class ProgressTable(StatementCache session)
{
    private const int KeptMax = 100_000;
    private readonly Dictionary<string, StreamProgress> _known = [];
    private readonly List<StreamProgress> _changed = [];
    private readonly ISqlStatement _find = session["SELECT sequence FROM watermarks WHERE stream = $1"];
    private readonly ISqlStatement _write = session[
        "INSERT INTO watermarks (stream, sequence) VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET sequence = excluded.sequence"];

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
