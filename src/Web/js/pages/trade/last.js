import { goTo } from '../../router.js';
import { markets } from '../../state/markets.js';

/** /trade alone leads to the market that was looked at last. */
export const LAST_KEY = 'last-market';

export function show() {
  const last = localStorage.getItem(LAST_KEY);
  const market = markets.find(last) ?? markets.find('BTC_USDT') ?? markets.all[0];
  goTo(market ? `/trade/${market.symbol}` : '/', { instead: true });
}
