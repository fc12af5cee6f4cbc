using System.Globalization;
using Exchange.Storage.Sql;

namespace Exchange.Storage.State;

internal sealed class GrainStateStore(StateSession session) : IGrainStateStore
{
    public Task<StoredState> ReadAsync(string stateName, string grain) => session.Run(state =>
    {
        ISqlStatement find = state["SELECT version, payload FROM grain_state WHERE state = $1 AND grain = $2"];
        if (!find.Bind(1, stateName).Bind(2, grain).Read())
        {
            return new StoredState(null, null);
        }

        var stored = new StoredState(ETag(find.Int64(0)), find.IsNull(1) ? default(ReadOnlyMemory<byte>?) : find.Bytes(1).ToArray());
        find.Reset();
        return stored;
    });

    public Task<string> WriteAsync(string stateName, string grain, string? expectedETag, ReadOnlyMemory<byte> payload) =>
        session.Run(state => Write(state, stateName, grain, expectedETag, payload));

    public Task<string> ClearAsync(string stateName, string grain, string? expectedETag) =>
        session.Run(state => Write(state, stateName, grain, expectedETag, null));

    private static string Write(StatementCache state, string stateName, string grain, string? expectedETag, ReadOnlyMemory<byte>? payload)
    {
        long? stored = Version(state, stateName, grain);
        if ((stored is { } version ? ETag(version) : null) != expectedETag)
        {
            throw new GrainStateConflictException(stateName, grain, expectedETag, stored is { } found ? ETag(found) : null);
        }

        long next = (stored ?? 0) + 1;
        ISqlStatement write = state["INSERT INTO grain_state (state, grain, version, payload) VALUES ($1, $2, $3, $4) ON CONFLICT (state, grain) DO UPDATE SET version = excluded.version, payload = excluded.payload"];
        write.Bind(1, stateName).Bind(2, grain).Bind(3, next);
        _ = payload is { } bytes ? write.Bind(4, bytes.Span) : write.Bind(4, (string?)null);
        write.Run();
        return ETag(next);
    }

    private static long? Version(StatementCache state, string stateName, string grain)
    {
        ISqlStatement find = state["SELECT version FROM grain_state WHERE state = $1 AND grain = $2"];
        if (!find.Bind(1, stateName).Bind(2, grain).Read())
        {
            return null;
        }

        long version = find.Int64(0);
        find.Reset();
        return version;
    }

    private static string ETag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
