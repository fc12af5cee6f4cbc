using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// What a symbol watches. The mark price decides liquidations. Everything else watches the price at which it could trade:
/// what sells (exits of longs, sell orders) the best bid, what buys the best ask. Time is a price that only rises.
/// </summary>
public sealed class Watches
{
    public PriceWatch Mark { get; } = new(TriggerDirection.Falling);
    public PriceWatch Bid { get; } = new(TriggerDirection.Falling);
    public PriceWatch Ask { get; } = new(TriggerDirection.Rising);
    public TriggerIndex Clock { get; } = new();

    public PriceWatch For(Side side) => side == Side.Sell ? Bid : Ask;

    public void CancelAll(Side side, long id)
    {
        Mark.Cancel(id, TriggerSlots.Liquidation);
        Clock.Cancel(id, TriggerSlots.Expiry);
        for (var slot = TriggerSlots.StopLoss; slot <= TriggerSlots.Trailing; slot++)
            For(side).Cancel(id, slot);
    }

    /// <summary>How far trailing stops have followed since this was last asked; null where none has moved.</summary>
    public TrailingAdvanced? TakeAdvance()
    {
        var (bid, ask) = (Bid.TakeFollowed(), Ask.TakeFollowed());
        return bid > 0 || ask > 0 ? new TrailingAdvanced(bid, ask) : null;
    }

    /// <summary>The same from the journal.</summary>
    public void Follow(TrailingAdvanced advance)
    {
        if (advance.BidTicks > 0)
            Bid.Follow(advance.BidTicks);
        if (advance.AskTicks > 0)
            Ask.Follow(advance.AskTicks);
        TakeAdvance();
    }

    public void Validate()
    {
        Mark.Validate();
        Bid.Validate();
        Ask.Validate();
        Clock.Validate();
    }
}

/// <summary>The prices of a moment, in ticks; zero where there is none.</summary>
public readonly record struct Quotes(long Bid, long Ask, long Mark)
{
    /// <summary>Where an order of this side would trade.</summary>
    public long At(Side side) => side == Side.Sell ? Bid : Ask;
}

/// <summary>How the three prices went since the last tick. A price that is not there has no path.</summary>
public readonly record struct MarketTick(PricePath? Bid, PricePath? Ask, PricePath? Mark)
{
    public PricePath? At(Side side) => side == Side.Sell ? Bid : Ask;
}
