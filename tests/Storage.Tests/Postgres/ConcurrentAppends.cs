using System.Collections.Concurrent;
using System.Text;
using Exchange.Storage.Journal;

namespace Exchange.Storage.Tests.Postgres;

/// <summary>
/// Writers that append to streams as activations do: each decides on what it believes, and starts over from what is
/// stored when an append fails. What was acknowledged is remembered.
/// </summary>
internal sealed class ConcurrentAppends(IReadOnlyList<ExchangeStorage> processes, int streams)
{
    private readonly ConcurrentDictionary<(string Stream, long Sequence), string> _acknowledged = [];
    private int _conflicts;
    private int _failures;
    private volatile bool _stopped;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Others were faster.</summary>
    public int Conflicts => _conflicts;

    /// <summary>Nobody knows what became of them.</summary>
    public int Failures => _failures;

    public void Stop() => _stopped = true;

    /// <summary>Every process writes to every stream.</summary>
    public Task RunAsync() => Task.WhenAll(processes.SelectMany((process, number) =>
        Enumerable.Range(0, streams).Select(stream => Task.Run(() => Append(process, $"process {number}", $"stream/{stream}")))));

    /// <summary>Exactly what was acknowledged is stored, besides what nobody knows of.</summary>
    public async Task AreAllStoredOnce()
    {
        var stored = new Dictionary<(string, long), string>();
        await foreach (StreamRecord record in processes[0].JournalReader.ReadAllAsync())
        {
            Assert.True(
                stored.TryAdd((record.Stream, record.Sequence), Encoding.UTF8.GetString(record.Payload.Span)),
                $"{record.Stream} {record.Sequence} is there twice");
        }

        foreach (((string Stream, long Sequence) place, string content) in _acknowledged)
        {
            Assert.True(stored.GetValueOrDefault(place) == content, $"{place}: acknowledged {content}, stored {stored.GetValueOrDefault(place)}");
        }

        Assert.InRange(stored.Count, _acknowledged.Count, _acknowledged.Count + _failures);
    }

    private async Task Append(ExchangeStorage process, string name, string stream)
    {
        for (int turn = 0; !_stopped; turn++)
        {
            try
            {
                long head = await process.JournalReader.ReadHeadAsync(stream);
                IStreamWriter writer = process.Journal.OpenWriter(stream);
                for (int pipelined = 0; pipelined < 20 && !_stopped; pipelined++)
                {
                    string content = $"{name}, turn {turn}, {pipelined}";
                    await writer.AppendAsync(head, Encoding.UTF8.GetBytes(content));
                    head++;
                    Assert.True(_acknowledged.TryAdd((stream, head), content), $"{stream} {head} was acknowledged twice");
                }
            }
            catch (JournalConflictException)
            {
                Interlocked.Increment(ref _conflicts);
            }
            catch (JournalUnavailableException)
            {
                Interlocked.Increment(ref _failures);
            }
            catch (StorageException exception) when (exception.Failure == StorageFailure.Disconnected)
            {
                // It could not even look where the stream ends.
                await Task.Delay(10);
            }
        }
    }
}
