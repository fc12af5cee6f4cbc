namespace Exchange.Storage.Journal;

/// <summary>The thread that flushes for as long as the journal is open. Without it, whoever owns the writer steps it.</summary>
internal sealed class JournalPump : IDisposable
{
    private readonly AppendQueue _queue;
    private readonly JournalWriter _writer;
    private readonly Thread _thread;

    public JournalPump(AppendQueue queue, JournalWriter writer)
    {
        _queue = queue;
        _writer = writer;
        _thread = new Thread(Run) { Name = "journal writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Returns when everything that was accepted has been flushed.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
    }

    private void Run()
    {
        while (_queue.Wait())
        {
            _writer.FlushOnce();
        }
    }
}
