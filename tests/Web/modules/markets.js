import { Market } from '../../../src/Web/js/money/market.js';

/** Markets as the API tells them. */
export const bitcoin = (positions = {}) => new Market({
  symbol: 'BTC_USDT', status: 'TRADING', baseAsset: 'BTC', quoteAsset: 'USDT', baseAssetPrecision: 8, quoteAssetPrecision: 8, makerFeeBps: 10, takerFeeBps: 10,
  maxLeverage: 100, venue: 'simulated',
  filters: [
    { filterType: 'PRICE_FILTER', minPrice: '0.01', maxPrice: '1000000', tickSize: '0.01' },
    { filterType: 'LOT_SIZE', minQuantity: '0.00001', maxQuantity: '9000', stepSize: '0.00001' },
    { filterType: 'MARKET_LOT_SIZE', minQuantity: '0.00001', maxQuantity: '100', stepSize: '0.00001' },
    { filterType: 'NOTIONAL', minNotional: '5' },
  ],
  positions: { marginMin: '1', maintenanceBps: 0, entryFeeBps: 0, exitFeeBps: 0, slippageBps: 500, ...positions },
});

export const shares = () => new Market({
  symbol: 'TATA_INR', status: 'TRADING', baseAsset: 'TATA', quoteAsset: 'INR', baseAssetPrecision: 0, quoteAssetPrecision: 2, makerFeeBps: 10, takerFeeBps: 10,
  maxLeverage: 1, venue: null,
  filters: [
    { filterType: 'PRICE_FILTER', minPrice: '0.05', maxPrice: '1000000', tickSize: '0.05' },
    { filterType: 'LOT_SIZE', minQuantity: '1', maxQuantity: '1000000', stepSize: '1' },
    { filterType: 'NOTIONAL', minNotional: '1' },
  ],
});
