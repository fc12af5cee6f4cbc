namespace Exchange.Domain.Venue;

/// <summary>
/// The book that the public sees: users' orders and the venue's levels as one. Users' orders are shown in full;
/// venue levels that would cross them are left out, for they are about to be matched.
/// </summary>
public static class MergedDepth
{
    /// <summary>Merges lists that run best first; fills the outputs and returns how many levels each got.</summary>
    public static (int Bids, int Asks) Merge(
        ReadOnlySpan<DepthLevel> userBids,
        ReadOnlySpan<DepthLevel> userAsks,
        ReadOnlySpan<DepthLevel> venueBids,
        ReadOnlySpan<DepthLevel> venueAsks,
        Span<DepthLevel> bids,
        Span<DepthLevel> asks)
    {
        long bidLimit = userAsks.IsEmpty ? long.MaxValue : userAsks[0].Price;
        long askLimit = userBids.IsEmpty ? 0 : userBids[0].Price;
        return (MergeSide(1, userBids, Outside(1, venueBids, bidLimit), bids),
            MergeSide(-1, userAsks, Outside(-1, venueAsks, askLimit), asks));
    }

    private static ReadOnlySpan<DepthLevel> Outside(int direction, ReadOnlySpan<DepthLevel> levels, long limit)
    {
        int crossing = 0;
        while (crossing < levels.Length && direction * levels[crossing].Price >= direction * limit)
            crossing++;
        return levels[crossing..];
    }

    private static int MergeSide(
        int direction, ReadOnlySpan<DepthLevel> users, ReadOnlySpan<DepthLevel> venue, Span<DepthLevel> into)
    {
        int user = 0;
        int other = 0;
        int count = 0;
        while (count < into.Length && (user < users.Length || other < venue.Length))
        {
            long userKey = user < users.Length ? direction * users[user].Price : long.MinValue;
            long venueKey = other < venue.Length ? direction * venue[other].Price : long.MinValue;
            if (userKey == venueKey)
                into[count++] = users[user] with { Lots = users[user++].Lots + venue[other++].Lots };
            else
                into[count++] = userKey > venueKey ? users[user++] : venue[other++];
        }
        return count;
    }
}
