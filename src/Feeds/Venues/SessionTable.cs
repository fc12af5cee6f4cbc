using System.Diagnostics.CodeAnalysis;

namespace Exchange.Feeds.Venues;

/// <summary>Finds the sessions of a symbol by its name as it stands in a message. Replaced as a whole on every change.</summary>
internal sealed class SessionTable
{
    private readonly Lock _lock = new();
    private volatile Dictionary<string, MarketSession[]> _sessions = new(Utf8Names.Instance);

    public ReadOnlySpan<MarketSession> Of(ReadOnlySpan<byte> symbol) =>
        _sessions.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(symbol, out var sessions) ? sessions : [];

    public IEnumerable<MarketSession> All => _sessions.Values.SelectMany(sessions => sessions);

    public void Add(MarketSession session)
    {
        lock (_lock)
        {
            var others = _sessions.GetValueOrDefault(session.Symbol, []);
            _sessions = new(_sessions, Utf8Names.Instance) { [session.Symbol] = [.. others, session] };
        }
    }

    public void Remove(MarketSession session)
    {
        lock (_lock)
        {
            var left = Array.FindAll(_sessions.GetValueOrDefault(session.Symbol, []), other => other != session);
            var sessions = new Dictionary<string, MarketSession[]>(_sessions, Utf8Names.Instance);
            if (left.Length > 0)
                sessions[session.Symbol] = left;
            else
                sessions.Remove(session.Symbol);
            _sessions = sessions;
        }
    }

    private sealed class Utf8Names : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public static readonly Utf8Names Instance = new();

        public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

        public int GetHashCode(string name)
        {
            uint hash = 2166136261;
            foreach (char letter in name)
                hash = (hash ^ letter) * 16777619;
            return (int)hash;
        }

        public bool Equals(ReadOnlySpan<byte> alternate, [NotNull] string other) =>
            alternate.Length == other.Length && System.Text.Ascii.Equals(alternate, other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            uint hash = 2166136261;
            foreach (byte letter in alternate)
                hash = (hash ^ letter) * 16777619;
            return (int)hash;
        }

        public string Create(ReadOnlySpan<byte> alternate) => System.Text.Encoding.ASCII.GetString(alternate);
    }
}
