using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Venues;

/// <summary>
/// Where a reader puts the levels of a message before anyone hears of them. A bid between two ticks counts for the
/// lower one and an ask for the higher one, so the mirror never shows a better price than the venue has.
/// </summary>
internal sealed class DepthScratch
{
    public const int LevelsMax = 20_000;

    private DepthChange[] _changes = new DepthChange[256];
    private DepthLevel[] _bids = new DepthLevel[64];
    private DepthLevel[] _asks = new DepthLevel[64];

    public int Count { get; private set; }

    /// <summary>Levels that were left out because their price or quantity cannot be one.</summary>
    public int Absurd { get; private set; }

    /// <summary>Whether any price lay between two ticks.</summary>
    public bool SawFraction { get; private set; }

    public ReadOnlySpan<DepthChange> Changes => _changes.AsSpan(0, Count);

    public void Clear()
    {
        Count = Absurd = 0;
        SawFraction = false;
    }

    /// <summary>Reads [["price","quantity"],..]; the reader stands on the outer bracket. False if it is anything else.</summary>
    public bool TryReadLevels(ref Utf8JsonReader json, Side side, UnitScale prices, UnitScale lots)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            return false;
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            if (!json.Read() || !json.IsNumberText())
                return false;
            var price = json.ValueSpan;
            if (!json.Read() || !json.IsNumberText())
                return false;
            if (!TryAdd(side, price, json.ValueSpan, prices, lots))
                return false;
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                json.Skip();
        }
        return json.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>False only when there are too many.</summary>
    public bool TryAdd(Side side, ReadOnlySpan<byte> priceText, ReadOnlySpan<byte> lotsText, UnitScale prices, UnitScale lots)
    {
        if (Count == LevelsMax)
            return false;
        bool isNumber = prices.TryParse(priceText, out long price, out bool isExact) & lots.TryParse(lotsText, out long quantity, out _);
        if (!isExact && isNumber)
        {
            SawFraction = true;
            price += side == Side.Sell ? 1 : 0;
        }
        if (!isNumber || price is <= 0 or > VenueDepth.MaxValue || quantity > VenueDepth.MaxValue)
        {
            Absurd++;
            return true;
        }
        if (Count == _changes.Length)
            Array.Resize(ref _changes, _changes.Length * 2);
        _changes[Count++] = new DepthChange(side, price, quantity);
        return true;
    }

    public void SetPrice(int index, long price) => _changes[index] = _changes[index] with { Price = price };

    /// <summary>The levels of one side as a book: in order, those of one tick added up, empty ones left out.</summary>
    public ReadOnlySpan<DepthLevel> Book(Side side)
    {
        ref var levels = ref side == Side.Buy ? ref _bids : ref _asks;
        if (levels.Length < Count)
            levels = new DepthLevel[_changes.Length];
        int count = 0;
        foreach (ref readonly var change in Changes)
        {
            if (change.Side != side || change.Lots == 0)
                continue;
            if (count > 0 && levels[count - 1].Price == change.Price)
                levels[count - 1] = new DepthLevel(change.Price, levels[count - 1].Lots + change.Lots);
            else
                levels[count++] = new DepthLevel(change.Price, change.Lots);
        }
        return levels.AsSpan(0, count);
    }
}

internal static class JsonText
{
    /// <summary>Venues send numbers as numbers or as strings.</summary>
    public static bool IsNumberText(this scoped ref Utf8JsonReader json) =>
        json.TokenType is JsonTokenType.String or JsonTokenType.Number && !json.HasValueSequence;

    public static bool TryReadLong(this scoped ref Utf8JsonReader json, out long value)
    {
        value = 0;
        return json.IsNumberText()
            && System.Buffers.Text.Utf8Parser.TryParse(json.ValueSpan, out value, out int used)
            && used == json.ValueSpan.Length;
    }
}
