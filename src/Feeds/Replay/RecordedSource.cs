using System.IO.Compression;
using System.Text.Json;

namespace Exchange.Feeds.Replay;

/// <summary>
/// Recorded files, one after the other. A file whose end is missing, because the recording process was killed, ends
/// with its last whole line.
/// </summary>
internal sealed class RecordedSource(IReadOnlyList<string> paths) : IReplaySource
{
    private StreamReader? _file;
    private int _next;

    public ReplayLine? Next()
    {
        while (true)
        {
            if (_file is null && _next == paths.Count)
                return null;
            _file ??= new StreamReader(new GZipStream(File.OpenRead(paths[_next++]), CompressionMode.Decompress));
            if (ReadLine(_file) is { } line)
                return line;
            Dispose();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static RecordedLine? ReadLine(StreamReader file)
    {
        try
        {
            return file.ReadLine() is { Length: > 0 } text ? RecordedLine.Read(text) : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or JsonException)
        {
            return null;
        }
    }
}
