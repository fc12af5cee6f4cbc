using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Positions;
using Exchange.Storage.Closures;

namespace Exchange.Grains.Closures;

/// <summary>How an owner reads what became of a position that was to be opened at a price.</summary>
internal static class EntryTexts
{
    public static Closure Of(long account, EntryDecided e, long atMs)
    {
        var (kind, action) = e.Reason switch
        {
            Reason.None => ("POSITION_OPENED", "position opened"),
            Reason.EntryExpired => ("POSITION_ENTRY_EXPIRED", "position entry expired"),
            _ => ("POSITION_NOT_OPENED", "position not opened"),
        };
        var message = Message(e);
        var body = ClosureTexts.Json(json =>
        {
            json.WriteString("message", message);
            json.WriteString("positionId", ClosureTexts.Text(e.PositionId));
            json.WriteString("clientPositionId", e.ClientPositionId);
            json.WriteString("symbol", e.Symbol);
            json.WriteString("direction", e.Side == PositionSide.Long ? "LONG" : "SHORT");
            json.WriteString("asset", e.Asset);
            ClosureTexts.Write(json, "leverage", new Leverage(e.LeverageTenths).Factor);
            ClosureTexts.Write(json, "triggerPrice", e.TriggerPrice);
            if (e.ReachedPrice > 0)
                ClosureTexts.Write(json, "reachedPrice", e.ReachedPrice);
            ClosureTexts.Write(json, "margin", e.Margin);
            if (e.Reason == Reason.None)
            {
                ClosureTexts.Write(json, "volume", e.Volume);
                ClosureTexts.Write(json, "fee", e.Fee);
            }
            else
            {
                json.WriteString("reason", ReasonName(e.Reason));
            }
        });
        var detail = $"position {e.PositionId} {e.Symbol} at {ClosureTexts.Text(e.TriggerPrice)}: {ReasonName(e.Reason)}";
        return new Closure($"{e.Symbol}:{e.Sequence}:{e.Index}", account, kind, body, action, detail, atMs);
    }

    /// <summary>As the API names its errors.</summary>
    internal static string ReasonName(Reason reason) => string.Concat(
        reason.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    private static string Message(EntryDecided e)
    {
        var what = $"{(e.Side == PositionSide.Long ? "long" : "short")} position on {e.Symbol}";
        var trigger = $"{ClosureTexts.Text(e.TriggerPrice)} was reached at {ClosureTexts.Text(e.ReachedPrice)}";
        return e.Reason switch
        {
            Reason.None => $"Your {what} was opened: {trigger}. Margin {ClosureTexts.Text(e.Margin)}, fee {ClosureTexts.Text(e.Fee)} {e.Asset}.",
            Reason.EntryExpired =>
                $"Your {what} was not opened: {ClosureTexts.Text(e.TriggerPrice)} was not reached in time. {ClosureTexts.Text(e.Margin)} {e.Asset} "
                    + "are free again.",
            _ when e.ReachedPrice == 0 =>
                $"Your {what} will not be opened ({ReasonName(e.Reason)}). {ClosureTexts.Text(e.Margin)} {e.Asset} are free again.",
            _ =>
                $"Your {what} was not opened: {trigger}, but the market refused it ({ReasonName(e.Reason)}). {ClosureTexts.Text(e.Margin)} "
                    + $"{e.Asset} are free again.",
        };
    }
}
