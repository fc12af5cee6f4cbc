using System.Globalization;
using System.IO.Compression;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds.Replay;

/// <summary>
/// Writes lines to compressed files, on a task of its own and from a bounded queue, so that a slow disk never holds up a
/// feed. A file that is large or old enough is followed by the next; the oldest are deleted.
/// </summary>
public sealed class FeedRecorder : IAsyncDisposable
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);
    private static readonly byte[] NextFile = [];

    private readonly RecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FeedRecorder> _logger;
    private readonly Channel<byte[]> _lines;
    private readonly Task _writing;
    private long _fileBytes;
    private long _fileStartedMs;
    private int _file = 1;

    public FeedRecorder(IOptions<RecorderOptions> options, TimeProvider time, ILogger<FeedRecorder> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _lines = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(_options.QueueMax) { SingleReader = true });
        _fileStartedMs = NowMs;
        _writing = Task.Run(WriteAllAsync);
    }

    internal long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Grows with every new file, whose first line about each market has to be its whole book.</summary>
    internal int File => Volatile.Read(ref _file);

    /// <summary>False if there is no room now, or no writing any more.</summary>
    internal bool TryWrite(byte[] line)
    {
        if (!_lines.Writer.TryWrite(line))
            return false;
        long bytes = Interlocked.Add(ref _fileBytes, line.Length);
        long started = Volatile.Read(ref _fileStartedMs);
        bool isDone = bytes > _options.FileBytesMax || NowMs - started > _options.FileTimeMax.TotalMilliseconds;
        if (isDone && Interlocked.CompareExchange(ref _fileStartedMs, NowMs, started) == started && _lines.Writer.TryWrite(NextFile))
        {
            Interlocked.Exchange(ref _fileBytes, 0);
            Interlocked.Increment(ref _file);
        }
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        GZipStream? file = null;
        try
        {
            Directory.CreateDirectory(_options.Folder);
            int number = 0;
            long flushedAtMs = NowMs;
            while (await _lines.Reader.WaitToReadAsync())
            {
                while (_lines.Reader.TryRead(out byte[]? line))
                {
                    if (line.Length == 0 && file is not null)
                        await file.DisposeAsync();
                    if (line.Length == 0)
                        file = null;
                    else
                        await (file ??= Open(++number)).WriteAsync(line);
                }
                if (file is not null && NowMs - flushedAtMs >= FlushEvery.TotalMilliseconds)
                {
                    await file.FlushAsync();
                    flushedAtMs = NowMs;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.RecordingStopped(_logger, _options.Folder, exception);
            _lines.Writer.TryComplete();
        }
        finally
        {
            if (file is not null)
                await file.DisposeAsync();
        }
    }

    private GZipStream Open(int number)
    {
        string time = _time.GetUtcNow().ToString("yyyyMMdd-HHmmssfff", CultureInfo.InvariantCulture);
        string path = Path.Combine(_options.Folder, string.Create(CultureInfo.InvariantCulture, $"feed-{time}-{number:000000}.jsonl.gz"));
        var file = new GZipStream(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), CompressionLevel.Fastest);
        foreach (string old in Directory.GetFiles(_options.Folder, "feed-*.jsonl.gz").Order(StringComparer.Ordinal).SkipLast(_options.FilesMax))
            System.IO.File.Delete(old);
        return file;
    }
}
