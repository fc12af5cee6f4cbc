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

    /// <summary>The database compares the version, since another process may write between a look and a write.</summary>
    private static string Write(StatementCache state, string stateName, string grain, string? expectedETag, ReadOnlyMemory<byte>? payload)
    {
        long expected = expectedETag is null ? 0
            : long.TryParse(expectedETag, NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : -1;
        ISqlStatement write = expected == 0
            ? state["INSERT INTO grain_state (payload, version, state, grain) VALUES ($1, $2, $3, $4) ON CONFLICT (state, grain) DO NOTHING"]
            : state["UPDATE grain_state SET payload = $1, version = $2 WHERE state = $3 AND grain = $4 AND version = $5"];
        _ = payload is { } bytes ? write.Bind(1, bytes.Span) : write.Bind(1, (string?)null);
        write.Bind(2, expected + 1).Bind(3, stateName).Bind(4, grain);
        if (expected != 0)
        {
            write.Bind(5, expected);
        }

        if (write.Run() != 1)
        {
            long? stored = Version(state, stateName, grain);
            throw new GrainStateConflictException(stateName, grain, expectedETag, stored is { } found ? ETag(found) : null);
        }

        return ETag(expected + 1);
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
