using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Exchange.Feeds.Replay;

/// <summary>
/// Binance's public kline files of one symbol, in order: open time, open, high, low, close, volume, close time, and
/// more that is not needed. Times are in milliseconds, in newer files in microseconds; some files have a heading.
/// </summary>
internal sealed class KlineSource(string symbol, IReadOnlyList<string> paths) : IReplaySource
{
    private const long AnyMillisecondsAreBelow = 100_000_000_000_000;

    private readonly Queue<KlineTick> _ticks = new();
    private StreamReader? _file;
    private IDisposable? _archive;
    private int _next;

    /// <summary>BTCUSDT-1m-2024-05.csv is of BTCUSDT.</summary>
    public static string SymbolOf(string path) => Path.GetFileName(path).Split('-', '.')[0];

    public ReplayLine? Next()
    {
        while (_ticks.Count == 0)
        {
            if (_file is null && _next == paths.Count)
                return null;
            _file ??= Open(paths[_next++]);
            if (_file.ReadLine() is not { } row)
                Dispose();
            else if (row.Length > 0 && char.IsAsciiDigit(row[0]))
                Split(row.Split(','));
        }
        return _ticks.Dequeue();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _archive?.Dispose();
        _file = null;
        _archive = null;
    }

    /// <summary>
    /// Four ticks a candle: the open at once, the extremes after a quarter and a half, the close in its last
    /// millisecond. A candle that rose saw its low first, one that fell its high. Each tick has a quarter of the volume.
    /// </summary>
    private void Split(string[] row)
    {
        if (row.Length < 7)
            throw new InvalidDataException($"A kline row has at least 7 columns, this one has {row.Length}.");
        long open = Milliseconds(row[0]);
        long close = Milliseconds(row[6]);
        bool isRise = decimal.Parse(row[4], CultureInfo.InvariantCulture)
            >= decimal.Parse(row[1], CultureInfo.InvariantCulture);
        string[] path = isRise ? [row[1], row[3], row[2], row[4]] : [row[1], row[2], row[3], row[4]];
        long[] times = [open, open + (close - open) / 4, open + (close - open) / 2, close];
        for (int i = 0; i < path.Length; i++)
        {
            bool isUp = i == 0 ? isRise : IsAbove(path[i], path[i - 1]);
            _ticks.Enqueue(new KlineTick(symbol, times[i], Encoding.ASCII.GetBytes(path[i]), Encoding.ASCII.GetBytes(row[5]), isUp));
        }
    }

    private static bool IsAbove(string price, string before) =>
        decimal.Parse(price, CultureInfo.InvariantCulture)
        > decimal.Parse(before, CultureInfo.InvariantCulture);

    private static long Milliseconds(string text)
    {
        long time = long.Parse(text, CultureInfo.InvariantCulture);
        return time < AnyMillisecondsAreBelow ? time : time / 1000;
    }

    private StreamReader Open(string path)
    {
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            return new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return new StreamReader(path);
        var archive = ZipFile.OpenRead(path);
        _archive = archive;
        return new StreamReader(archive.Entries[0].Open());
    }
}
