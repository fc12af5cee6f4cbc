using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests;

internal static class Books
{
    public static DepthLevel[] Top(VenueDepth book, Side side)
    {
        var levels = new DepthLevel[book.Levels(side)];
        return levels[..book.CopyTop(side, levels)];
    }

    public static DepthLevel[] Levels(params (long Price, long Lots)[] levels) =>
        Array.ConvertAll(levels, level => new DepthLevel(level.Price, level.Lots));
}
