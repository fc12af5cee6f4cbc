using System.Text.Json;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Kucoin;

/// <summary>The fields of any of the venue's data messages that we use; what a message does not have stays empty.</summary>
internal ref struct KucoinFields
{
    public long Sequence;
    public long TradeId;
    public long TimeMs;
    public long Timestamp;
    public bool HasLevels;
    public ReadOnlySpan<byte> Price;
    public ReadOnlySpan<byte> Size;
    public ReadOnlySpan<byte> Side;
    public ReadOnlySpan<byte> BidPrice;
    public ReadOnlySpan<byte> BidSize;
    public ReadOnlySpan<byte> AskPrice;
    public ReadOnlySpan<byte> AskSize;
    public ReadOnlySpan<byte> Change;
    public ReadOnlySpan<byte> MarkPrice;

    /// <summary>The reader stands on the data's opening brace.</summary>
    public bool TryCollect(scoped ref Utf8JsonReader json, DepthScratch levels, MarketSession session, UnitScale prices)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                Take(name, ref json);
                json.Skip();
                continue;
            }
            bool isBids = name.SequenceEqual("bids"u8);
            if (!isBids && !name.SequenceEqual("asks"u8))
            {
                json.Skip();
                continue;
            }
            HasLevels = true;
            if (!levels.TryReadLevels(ref json, isBids ? Domain.Orders.Side.Buy : Domain.Orders.Side.Sell, prices, session.Lots))
                return false;
        }
        return json.TokenType == JsonTokenType.EndObject;
    }

    private void Take(ReadOnlySpan<byte> name, scoped ref Utf8JsonReader json)
    {
        if (!json.IsNumberText())
            return;
        var value = json.ValueSpan;
        if (name.SequenceEqual("sequence"u8))
            json.TryReadLong(out Sequence);
        else if (name.SequenceEqual("tradeId"u8))
            TradeId = json.TryReadLong(out long id) ? id : 0;
        else if (name.SequenceEqual("time"u8) || name.SequenceEqual("ts"u8))
            TimeMs = InMilliseconds(ref json);
        else if (name.SequenceEqual("timestamp"u8))
            Timestamp = InMilliseconds(ref json);
        else if (name.SequenceEqual("price"u8))
            Price = value;
        else if (name.SequenceEqual("size"u8) || name.SequenceEqual("matchSize"u8))
            Size = value;
        else if (name.SequenceEqual("side"u8))
            Side = value;
        else if (name.SequenceEqual("bestBid"u8) || name.SequenceEqual("bestBidPrice"u8))
            BidPrice = value;
        else if (name.SequenceEqual("bestBidSize"u8))
            BidSize = value;
        else if (name.SequenceEqual("bestAsk"u8) || name.SequenceEqual("bestAskPrice"u8))
            AskPrice = value;
        else if (name.SequenceEqual("bestAskSize"u8))
            AskSize = value;
        else if (name.SequenceEqual("change"u8))
            Change = value;
        else if (name.SequenceEqual("markPrice"u8))
            MarkPrice = value;
    }

    /// <summary>Some of the venue's times are in nanoseconds.</summary>
    private static long InMilliseconds(scoped ref Utf8JsonReader json)
    {
        const long anyMillisecondsAreBelow = 100_000_000_000_000;
        if (!json.TryReadLong(out long time))
            return 0;
        return time < anyMillisecondsAreBelow ? time : time / 1_000_000;
    }
}
