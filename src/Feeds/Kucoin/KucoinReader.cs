using System.Buffers.Text;
using System.Text.Json;
using Exchange.Domain.Orders;
using Exchange.Feeds.Connections;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Kucoin;

/// <summary>
/// Reads one message, straight to ticks and lots. The envelope is read whole before the data in it, so a half message
/// changes nothing.
/// </summary>
internal sealed class KucoinReader(int connection, SessionTable sessions) : IVenueReader
{
    private readonly DepthScratch _levels = new();

    public Inbound Read(ReadOnlySpan<byte> message)
    {
        try
        {
            var envelope = new Envelope();
            var json = new Utf8JsonReader(message);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return Malformed();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                envelope.Collect(ref json);
            if (json.TokenType != JsonTokenType.EndObject || json.Read())
                return Malformed();
            return Understand(ref envelope);
        }
        catch (JsonException)
        {
            return Malformed();
        }
    }

    private Inbound Understand(ref Envelope envelope)
    {
        var type = envelope.Type;
        if (type.SequenceEqual("message"u8))
            return TryTell(ref envelope) ? default : Malformed();
        if (type.SequenceEqual("welcome"u8))
            return new Inbound(InboundKind.Welcome);
        if (type.SequenceEqual("ack"u8))
            return new Inbound(InboundKind.Accepted, envelope.Id);
        if (!type.SequenceEqual("error"u8))
            return type.IsEmpty ? Malformed() : default;
        string text = envelope.ErrorText();
        bool isExpired = text.Contains("token", StringComparison.OrdinalIgnoreCase) && text.Contains("expired", StringComparison.OrdinalIgnoreCase);
        return new Inbound(isExpired ? InboundKind.TokenExpired : InboundKind.Refused, envelope.Id, text);
    }

    private bool TryTell(ref Envelope envelope)
    {
        int colon = envelope.Topic.LastIndexOf((byte)':');
        if (colon < 0 || !envelope.HasData)
            return false;
        var channel = envelope.Topic[..colon];
        foreach (var session in sessions.Of(envelope.Topic[(colon + 1)..]))
        {
            var prices = session.DepthPrices;
            var fields = new KucoinFields();
            _levels.Clear();
            var json = envelope.Data;
            if (!fields.TryCollect(ref json, _levels, session, prices) || !TryTell(session, channel, ref fields, prices))
            {
                session.Distrust("an unreadable message");
                return false;
            }
        }
        return true;
    }

    private bool TryTell(MarketSession session, ReadOnlySpan<byte> channel, ref KucoinFields fields, UnitScale prices)
    {
        if (channel.SequenceEqual("/contractMarket/level2"u8))
            return TryTellChange(session, ref fields, prices);
        if (channel.StartsWith("/spotMarket/level2Depth"u8))
            return fields.HasLevels && TellBook(session, ref fields);
        if (channel.SequenceEqual("/market/match"u8) || channel.SequenceEqual("/contractMarket/execution"u8))
            return TryTellTrade(session, ref fields);
        if (channel.SequenceEqual("/market/ticker"u8) || channel.SequenceEqual("/contractMarket/tickerV2"u8))
            return TryTellBest(session, ref fields);
        if (channel.SequenceEqual("/contract/instrument"u8) && !fields.MarkPrice.IsEmpty)
            return TryTellMark(session, ref fields);
        return true;
    }

    private bool TellBook(MarketSession session, ref KucoinFields fields)
    {
        session.OnBook(connection, fields.Timestamp, _levels);
        return true;
    }

    /// <summary>One change as "price,side,quantity".</summary>
    private bool TryTellChange(MarketSession session, ref KucoinFields fields, UnitScale prices)
    {
        int first = fields.Change.IndexOf((byte)',');
        int last = fields.Change.LastIndexOf((byte)',');
        if (first <= 0 || last <= first || fields.Sequence <= 0)
            return false;
        var side = fields.Change[(first + 1)..last];
        bool isBuy = side.SequenceEqual("buy"u8);
        if (!isBuy && !side.SequenceEqual("sell"u8))
            return false;
        _levels.TryAdd(isBuy ? Side.Buy : Side.Sell, fields.Change[..first], fields.Change[(last + 1)..], prices, session.Lots);
        session.OnDiff(connection, fields.Sequence, fields.Sequence, _levels, prices);
        return true;
    }

    private bool TryTellTrade(MarketSession session, ref KucoinFields fields)
    {
        bool isBuy = fields.Side.SequenceEqual("buy"u8);
        if (!isBuy && !fields.Side.SequenceEqual("sell"u8))
            return false;
        if (!VenueNumbers.TryTrade(session, fields.Price, fields.Size, isBuy ? Side.Buy : Side.Sell, fields.TimeMs, out var trade))
            return false;
        session.OnTrade(connection, fields.Sequence > 0 ? fields.Sequence : fields.TradeId, isCounted: false, trade);
        return true;
    }

    private static bool TryTellBest(MarketSession session, ref KucoinFields fields)
    {
        if (!VenueNumbers.TryBest(session, fields.BidPrice, fields.BidSize, fields.AskPrice, fields.AskSize, out var best))
            return false;
        session.OnBest(fields.Sequence > 0 ? fields.Sequence : fields.TimeMs, best);
        return true;
    }

    private static bool TryTellMark(MarketSession session, ref KucoinFields fields)
    {
        if (!session.Ticks.TryParseNearest(fields.MarkPrice, out long mark))
            return false;
        session.OnMark(fields.Timestamp, mark);
        return true;
    }

    /// <summary>Whose message it was cannot be told, so every market makes sure of itself.</summary>
    private Inbound Malformed()
    {
        foreach (var session in sessions.All)
            session.Distrust("an unreadable message");
        return new Inbound(InboundKind.Malformed);
    }

    private ref struct Envelope
    {
        public long Id;
        public ReadOnlySpan<byte> Type;
        public ReadOnlySpan<byte> Topic;
        public Utf8JsonReader Data;
        public bool HasData;
        private string? _code;

        public void Collect(scoped ref Utf8JsonReader json)
        {
            bool isId = json.ValueTextEquals("id"u8);
            bool isType = json.ValueTextEquals("type"u8);
            bool isTopic = json.ValueTextEquals("topic"u8);
            bool isData = json.ValueTextEquals("data"u8);
            bool isCode = json.ValueTextEquals("code"u8);
            json.Read();
            if (isId && json.IsNumberText())
                Utf8Parser.TryParse(json.ValueSpan, out Id, out _);
            else if (isType && json.TokenType == JsonTokenType.String)
                Type = json.ValueSpan;
            else if (isTopic && json.TokenType == JsonTokenType.String)
                Topic = json.ValueSpan;
            else if (isCode && json.IsNumberText())
                _code = System.Text.Encoding.UTF8.GetString(json.ValueSpan);
            if (isData)
            {
                Data = json;
                HasData = true;
            }
            json.Skip();
        }

        public readonly string ErrorText()
        {
            if (!HasData)
                return _code ?? "";
            var json = Data;
            using var data = JsonDocument.ParseValue(ref json);
            return $"{_code} {data.RootElement}".TrimStart();
        }
    }
}
