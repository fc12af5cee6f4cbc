using Exchange.Domain.Orders;

namespace Exchange.Feeds;

/// <summary>A trade on the venue, at the venue's time in Unix milliseconds.</summary>
public readonly record struct VenueTrade(long Price, long Lots, Side TakerSide, long AtMs);
