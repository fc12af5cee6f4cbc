using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

internal static class TriggerHash
{
    public static ulong Of(IEnumerable<Trigger> triggers)
    {
        var hash = BookHash.Offset;
        foreach (var trigger in triggers)
        {
            hash = BookHash.Mix(hash, trigger.Id);
            hash = BookHash.Mix(hash, trigger.Slot);
            hash = BookHash.Mix(hash, (long)trigger.Direction);
            hash = BookHash.Mix(hash, trigger.Level);
        }

        return hash;
    }
}
