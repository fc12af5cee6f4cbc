using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Replay;

/// <summary>A line that a recorder wrote, read back.</summary>
internal sealed class RecordedLine : ReplayLine
{
    private readonly string _kind;
    private readonly long _atMs;
    private readonly long[] _numbers;
    private readonly long[] _bids;
    private readonly long[] _asks;
    private readonly long[] _changes;
    private readonly string _reason;
    private readonly decimal _tickSize;
    private readonly decimal _lotSize;

    private RecordedLine(JsonElement line)
        : base(line.GetProperty("s").GetString()!, line.GetProperty("h").GetInt64())
    {
        _kind = line.GetProperty("k").GetString()!;
        _atMs = line.TryGetProperty("t", out var at) ? at.GetInt64() : 0;
        _numbers = Numbers(line, "n");
        _bids = Numbers(line, "b");
        _asks = Numbers(line, "a");
        _changes = Numbers(line, "c");
        _reason = line.TryGetProperty("r", out var reason) ? reason.GetString()! : "";
        _tickSize = line.TryGetProperty("tick", out var tick) ? tick.GetDecimal() : 0;
        _lotSize = line.TryGetProperty("lot", out var lot) ? lot.GetDecimal() : 0;
    }

    public static RecordedLine Read(string text)
    {
        using var line = JsonDocument.Parse(text);
        return new RecordedLine(line.RootElement);
    }

    public override bool IsDefinition => _kind == "market";

    public override void Tell(ReplayTrack track, Market? market, IFeedListener listener)
    {
        if (IsDefinition && market is not null)
            Compare(track, market, listener);
        if (track.Refusal is not null)
            return;
        long at = track.Shift(_atMs);
        switch (_kind)
        {
            case "snap":
                track.HasBook = true;
                listener.OnDepthSnapshot(Levels(_bids), Levels(_asks), at);
                break;
            case "book":
                TellBook(track, listener, at);
                break;
            case "diff":
                listener.OnDepthChanges(Changes(), at);
                break;
            case "trade":
                listener.OnTrade(new VenueTrade(_numbers[0], _numbers[1], (Side)_numbers[2], at));
                break;
            case "best":
                listener.OnBest(new BestQuote(_numbers[0], _numbers[1], _numbers[2], _numbers[3], at));
                break;
            case "mark":
                listener.OnMark(_numbers[0], at);
                break;
            case "state":
                listener.OnState((FeedState)_numbers[0], _reason, at);
                break;
        }
    }

    private void TellBook(ReplayTrack track, IFeedListener listener, long at)
    {
        bool isAfterLoss = _numbers[1] == 1;
        if (track.HasBook && !isAfterLoss)
            return;
        track.HasBook = true;
        if (isAfterLoss)
            listener.OnState(FeedState.Resynchronising, "the recording has a hole", at);
        listener.OnDepthSnapshot(Levels(_bids), Levels(_asks), at);
        listener.OnState((FeedState)_numbers[0], _reason, at);
    }

    private void Compare(ReplayTrack track, Market market, IFeedListener listener)
    {
        bool isSame = _tickSize == market.TickSize && _lotSize == market.LotSize;
        track.Refusal = isSame ? null : $"recorded in ticks of {_tickSize} and lots of {_lotSize}";
        if (!isSame)
            listener.OnState(FeedState.Down, track.Refusal!, track.Shift(HeardAtMs));
    }

    private static DepthLevel[] Levels(long[] numbers)
    {
        var levels = new DepthLevel[numbers.Length / 2];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = new DepthLevel(numbers[2 * i], numbers[2 * i + 1]);
        return levels;
    }

    private DepthChange[] Changes()
    {
        var changes = new DepthChange[_changes.Length / 3];
        for (int i = 0; i < changes.Length; i++)
            changes[i] = new DepthChange((Side)_changes[3 * i], _changes[3 * i + 1], _changes[3 * i + 2]);
        return changes;
    }

    private static long[] Numbers(JsonElement line, string name) => line.TryGetProperty(name, out var list)
        ? [.. list.EnumerateArray().Select(number => number.GetInt64())]
        : [];
}
