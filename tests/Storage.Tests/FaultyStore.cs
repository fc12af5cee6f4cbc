using Exchange.Storage.Journal;

namespace Exchange.Storage.Tests;

/// <summary>A store whose next flush fails: before anything was written, or after all of it was.</summary>
internal sealed class FaultyStore(IJournalStore inner) : IJournalStore
{
    public bool FailBefore { get; set; }

    public bool FailAfter { get; set; }

    public int Flushes { get; private set; }

    public void Load(IReadOnlyList<StreamTail> tails) => inner.Load(tails);

    public void Write(List<StreamTail> streams)
    {
        Flushes++;
        if (FailBefore)
        {
            FailBefore = false;
            throw new IOException("The disk is gone.");
        }

        inner.Write(streams);
        if (FailAfter)
        {
            FailAfter = false;
            throw new IOException("The answer is lost.");
        }
    }

    public void Reset() => inner.Reset();

    public void Dispose() => inner.Dispose();
}
