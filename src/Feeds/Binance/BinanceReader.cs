using System.Text.Json;
using Exchange.Domain.Orders;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Binance;

/// <summary>
/// Reads one message in one pass, straight to ticks and lots. Nothing is told to a session before the whole message was
/// read, so a half message changes nothing. Its fields are single letters that mean different things in different
/// events, so they are collected first and understood last.
/// </summary>
internal sealed class BinanceReader(int connection, SessionTable sessions) : IVenueReader
{
    private readonly DepthScratch _levels = new();

    public Inbound Read(ReadOnlySpan<byte> message)
    {
        var inbound = Read(message, 0, out int sessionCount);
        for (int i = 1; i < sessionCount; i++)
            Read(message, i, out _);
        return inbound;
    }

    /// <summary>For one of the sessions of the message's symbol, since each may count in other ticks and lots.</summary>
    private Inbound Read(ReadOnlySpan<byte> message, int sessionIndex, out int sessionCount)
    {
        sessionCount = 0;
        try
        {
            var fields = new Fields { SessionIndex = sessionIndex };
            var json = new Utf8JsonReader(message);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return Malformed(message);
            _levels.Clear();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (!Collect(ref json, ref fields))
                    return Malformed(message);
            }
            if (json.TokenType != JsonTokenType.EndObject || json.Read())
                return Malformed(message);
            sessionCount = fields.SessionCount;
            return Understand(ref fields) ? fields.Answer() : Malformed(message);
        }
        catch (JsonException)
        {
            return Malformed(message);
        }
    }

    private bool Collect(ref Utf8JsonReader json, ref Fields fields)
    {
        var name = json.ValueSpan;
        if (name.Length != 1)
            return fields.TryCollectAnswer(ref json, name);
        byte letter = name[0];
        json.Read();
        switch (letter)
        {
            case (byte)'e':
                fields.Event = json.ValueSpan;
                return true;
            case (byte)'s':
                fields.Symbol = json.ValueSpan;
                var all = sessions.Of(fields.Symbol);
                fields.SessionCount = all.Length;
                fields.Session = fields.SessionIndex < all.Length ? all[fields.SessionIndex] : null;
                return true;
            case (byte)'U':
                return json.TryReadLong(out fields.First);
            case (byte)'u':
                return json.TryReadLong(out fields.Last);
            case (byte)'T':
                return json.TryReadLong(out fields.TradedAtMs);
            case (byte)'b':
                return CollectBid(ref json, ref fields);
            case (byte)'a':
                return CollectAsk(ref json, ref fields);
            case (byte)'B':
                fields.BidLots = Text(ref json);
                return true;
            case (byte)'A':
                fields.AskLots = Text(ref json);
                return true;
            case (byte)'p':
                fields.Price = Text(ref json);
                return true;
            case (byte)'q':
                fields.Quantity = Text(ref json);
                return true;
            case (byte)'m':
                fields.IsBuyerMaker = json.TokenType == JsonTokenType.True;
                return true;
            default:
                json.Skip();
                return true;
        }
    }

    private bool CollectBid(ref Utf8JsonReader json, ref Fields fields)
    {
        if (json.TokenType == JsonTokenType.StartArray)
            return CollectLevels(ref json, Side.Buy, ref fields);
        fields.BidPrice = Text(ref json);
        return true;
    }

    private bool CollectAsk(ref Utf8JsonReader json, ref Fields fields)
    {
        if (json.TokenType == JsonTokenType.StartArray)
            return CollectLevels(ref json, Side.Sell, ref fields);
        fields.AskPrice = Text(ref json);
        return true;
    }

    private bool CollectLevels(ref Utf8JsonReader json, Side side, ref Fields fields)
    {
        fields.HasLevels = true;
        if (fields.Session is not { } session)
        {
            fields.LevelsBeforeSymbol |= fields.Symbol.IsEmpty;
            json.Skip();
            return true;
        }
        fields.Prices ??= session.DepthPrices;
        return _levels.TryReadLevels(ref json, side, fields.Prices, session.Lots);
    }

    private bool Understand(ref Fields fields)
    {
        if (fields.Event.SequenceEqual("depthUpdate"u8))
        {
            if (!fields.HasLevels || fields.LevelsBeforeSymbol || fields.Last <= 0)
                return false;
            fields.Session?.OnDiff(connection, fields.First, fields.Last, _levels, fields.Prices!);
            return true;
        }
        if (fields.Event.SequenceEqual("aggTrade"u8))
            return TellTrade(ref fields);
        if (fields.Event.IsEmpty && !fields.Symbol.IsEmpty)
            return TellBest(ref fields);
        if (fields.Event.SequenceEqual("serverShutdown"u8))
            fields.Kind = InboundKind.GoingAway;
        return true;
    }

    private bool TellTrade(ref Fields fields)
    {
        if (!System.Buffers.Text.Utf8Parser.TryParse(fields.AskPrice, out long id, out _) || id <= 0)
            return false;
        if (fields.Session is not { } session)
            return true;
        var taker = fields.IsBuyerMaker ? Side.Sell : Side.Buy;
        if (!VenueNumbers.TryTrade(session, fields.Price, fields.Quantity, taker, fields.TradedAtMs, out var trade))
            return false;
        session.OnTrade(connection, id, isCounted: true, trade);
        return true;
    }

    private static bool TellBest(ref Fields fields)
    {
        if (fields.Session is not { } session)
            return true;
        if (!VenueNumbers.TryBest(session, fields.BidPrice, fields.BidLots, fields.AskPrice, fields.AskLots, out var best))
            return false;
        session.OnBest(fields.Last, best);
        return true;
    }

    /// <summary>If it can be seen whose message it was, only that market has to make sure of itself, otherwise all.</summary>
    private Inbound Malformed(ReadOnlySpan<byte> message)
    {
        int at = message.IndexOf("\"s\":\""u8);
        var rest = at < 0 ? default : message[(at + 5)..];
        int end = rest.IndexOf((byte)'"');
        if (end > 0)
        {
            foreach (var session in sessions.Of(rest[..end]))
                session.Distrust("an unreadable message");
        }
        else
        {
            foreach (var session in sessions.All)
                session.Distrust("an unreadable message");
        }
        return new Inbound(InboundKind.Malformed);
    }

    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader json) => json.IsNumberText() ? json.ValueSpan : default;

    private ref struct Fields
    {
        public ReadOnlySpan<byte> Event;
        public ReadOnlySpan<byte> Symbol;
        public MarketSession? Session;
        public int SessionIndex;
        public int SessionCount;
        public ReadOnlySpan<byte> BidPrice;
        public ReadOnlySpan<byte> BidLots;
        public ReadOnlySpan<byte> AskPrice;
        public ReadOnlySpan<byte> AskLots;
        public ReadOnlySpan<byte> Price;
        public ReadOnlySpan<byte> Quantity;
        public UnitScale? Prices;
        public long First;
        public long Last;
        public long TradedAtMs;
        public bool IsBuyerMaker;
        public bool HasLevels;
        public bool LevelsBeforeSymbol;
        public InboundKind Kind;
        private long _requestId;
        private string? _text;

        /// <summary>The longer names are those of answers to requests: result, error, code, msg, id.</summary>
        public bool TryCollectAnswer(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
        {
            bool isId = name.SequenceEqual("id"u8);
            bool isResult = name.SequenceEqual("result"u8);
            bool isError = name.SequenceEqual("error"u8);
            bool isCode = name.SequenceEqual("code"u8) || name.SequenceEqual("msg"u8);
            json.Read();
            if (isId)
                return json.TokenType == JsonTokenType.Null || json.TryReadLong(out _requestId);
            if (isResult && json.TokenType == JsonTokenType.Null)
                Kind = InboundKind.Accepted;
            if (isError || isCode)
            {
                Kind = InboundKind.Refused;
                _text = TextOf(ref json, _text);
                return true;
            }
            json.Skip();
            return true;
        }

        public readonly Inbound Answer() => new(Kind, _requestId, _text ?? "");

        private static string TextOf(ref Utf8JsonReader json, string? before)
        {
            using var error = JsonDocument.ParseValue(ref json);
            return before is null ? error.RootElement.ToString() : $"{before} {error.RootElement}";
        }
    }
}
