using System.Buffers.Binary;

namespace Exchange.Storage.Sql.Sqlite;

/// <summary>
/// Looks at a database file before SQLite does, so that a file that is not ours stays exactly as it was found.
/// Only the header is read: a full check would read the whole file at every start. Damage further in is found when it is
/// read, since journal entries and snapshots carry checksums of their own.
/// </summary>
internal static class SqliteFile
{
    private const int HeaderLength = 100;

    /// <summary>"XCHG" and the purpose, in SQLite's application id.</summary>
    public static int ApplicationId(StorePurpose purpose) => 0x58434847 + (int)purpose;

    /// <returns>False when there is no file yet, or one that a crash left empty.</returns>
    public static bool Inspect(string path, StorePurpose purpose)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        long length = ReadHeader(path, header);
        if (length == 0)
        {
            return false;
        }

        if (length < HeaderLength || !header.StartsWith("SQLite format 3\0"u8))
        {
            throw new StorageException(StorageFailure.Foreign, $"'{path}' is not a database of this exchange, or its head is damaged.");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != ApplicationId(purpose))
        {
            throw new StorageException(StorageFailure.Foreign, $"'{path}' is a database, but not this exchange's {purpose} store.");
        }

        CheckLength(path, header, length);
        return true;
    }

    /// <summary>While a write-ahead log exists, the file alone says nothing about how long it should be.</summary>
    private static void CheckLength(string path, ReadOnlySpan<byte> header, long length)
    {
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        long expected = (pageSize == 1 ? 65536L : pageSize) * BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        bool hasLog = File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0;
        if (!hasLog && length < expected)
        {
            throw new StorageException(StorageFailure.Damaged, $"'{path}' is cut short: {length} bytes of {expected}.");
        }
    }

    private static long ReadHeader(string path, Span<byte> header)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
            return file.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFailure.Unavailable, $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
