namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>
/// What an account does about pairs of orders and what waits for a price. The same grain as <see cref="IPortfolioGrain"/>, the
/// same key.
/// </summary>
[Alias("Exchange.IPortfolioConditionals")]
public interface IPortfolioConditionals : IGrainWithIntegerKey
{
    /// <summary>Idempotent by the list's client id.</summary>
    [Alias("PlacePair")]
    Task<PairReply> PlacePair(PlacePair pair);

    /// <summary>Cancels both orders.</summary>
    [Alias("CancelPair")]
    Task<PairReply> CancelPair(PairReference pair);

    /// <summary>An open or just finished pair; <see cref="Domain.Reason.UnknownOrderList"/> once it is only history.</summary>
    [Alias("GetPair")]
    Task<PairReply> GetPair(PairReference pair);

    /// <summary>The account's conditional orders that wait for their price, of all symbols, as the symbols have them.</summary>
    [Alias("GetArmed")]
    Task<Symbols.ArmedOrdersView> GetArmed();
}
