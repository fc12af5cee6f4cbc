namespace Exchange.Domain.Portfolios;

/// <summary>
/// What the market looked like when the order came in. Zero stands for "not known".
/// </summary>
/// <param name="ReferencePrice">The middle of the price band.</param>
/// <param name="ProtectionPrice">The worst price a market order will fill at; without one there is nothing to trade against.</param>
/// <param name="EstimatedCost">What a market order would cost now, in the asset that it pays with.</param>
public readonly record struct MarketReference(decimal ReferencePrice, decimal ProtectionPrice = 0, decimal EstimatedCost = 0);
