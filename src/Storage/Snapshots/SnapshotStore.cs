using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql;
using Exchange.Storage.State;
using Microsoft.Extensions.Logging;

namespace Exchange.Storage.Snapshots;

internal sealed class SnapshotStore(StateSession session, IJournalReader journal, StorageOptions options, ILogger logger) : ISnapshotStore
{
    public async Task SaveAsync(string stream, long sequence, ReadOnlyMemory<byte> payload)
    {
        Packed packed = await Task.Run(() => Pack(payload.Span)).ConfigureAwait(false);
        await session.Run(state => Save(state, stream, sequence, packed)).ConfigureAwait(false);
    }

    public async ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancellation = default)
    {
        // A journal that was put back from a copy may end before a snapshot does: that snapshot tells of what never happened.
        long before = await journal.ReadHeadAsync(stream, cancellation).ConfigureAwait(false) + 1;
        while (true)
        {
            long bound = before;
            Stored? stored = await session.Run(state => Newest(state, stream, bound), cancellation).ConfigureAwait(false);
            if (stored is null)
            {
                return null;
            }

            if (TryUnpack(stored.Packed, out byte[] payload, out Exception? damage))
            {
                return new Snapshot(stored.Sequence, payload);
            }

            StorageMetrics.SnapshotsDamaged.Add(1);
            Log.SnapshotDamaged(logger, stream, stored.Sequence, damage);
            before = stored.Sequence;
        }
    }

    private bool Save(StatementCache state, string stream, long sequence, Packed packed)
    {
        state["INSERT INTO snapshots (stream, sequence, length, sha256, payload) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (stream, sequence) DO "
            + "UPDATE SET length = excluded.length, sha256 = excluded.sha256, payload = excluded.payload"]
            .Bind(1, stream).Bind(2, sequence).Bind(3, packed.Length).Bind(4, packed.Sha256).Bind(5, packed.Compressed.Span).Run();
        state["DELETE FROM snapshots WHERE stream = $1 AND sequence < (SELECT MIN(sequence) FROM (SELECT sequence FROM snapshots WHERE stream = $2 "
            + "ORDER BY sequence DESC LIMIT $3) AS kept)"]
            .Bind(1, stream).Bind(2, stream).Bind(3, options.SnapshotsKept).Run();
        return true;
    }

    private static Stored? Newest(StatementCache state, string stream, long before)
    {
        ISqlStatement find = state["SELECT sequence, length, sha256, payload FROM snapshots WHERE stream = $1 AND sequence < $2 ORDER BY sequence "
            + "DESC LIMIT 1"];
        if (!find.Bind(1, stream).Bind(2, before).Read())
        {
            return null;
        }

        var stored = new Stored(find.Int64(0), new Packed(find.Int64(1), find.Bytes(2).ToArray(), find.Bytes(3).ToArray()));
        find.Reset();
        return stored;
    }

    private static Packed Pack(ReadOnlySpan<byte> payload)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(payload.Length));
        try
        {
            if (!BrotliEncoder.TryCompress(payload, buffer, out int written, quality: 1, window: 22))
            {
                throw new InvalidOperationException("The snapshot does not compress.");
            }

            return new Packed(payload.Length, SHA256.HashData(payload), buffer.AsSpan(0, written).ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryUnpack(Packed packed, out byte[] payload, out Exception? damage)
    {
        damage = null;
        payload = [];
        try
        {
            payload = new byte[packed.Length];
            return BrotliDecoder.TryDecompress(packed.Compressed.Span, payload, out int written)
                && written == packed.Length
                && SHA256.HashData(payload).AsSpan().SequenceEqual(packed.Sha256);
        }
        catch (Exception exception) when (exception is OverflowException or OutOfMemoryException or InvalidDataException)
        {
            damage = exception;
            return false;
        }
    }

    private sealed record Packed(long Length, byte[] Sha256, ReadOnlyMemory<byte> Compressed);

    private sealed record Stored(long Sequence, Packed Packed);
}
