import { decimal } from '../money/decimal.js';
import { signed } from '../money/format.js';

const ENDS = {
  POSITION_STOP_LOSS: 'Stop loss closed',
  POSITION_TAKE_PROFIT: 'Take profit closed',
  POSITION_TRAILING_STOP: 'Trailing stop closed',
  POSITION_LIQUIDATED: 'Liquidated:',
  POSITION_EXPIRED: 'Expired:',
  POSITION_CLOSED: 'Closed',
};

/** A notification in a sentence, with numbers as they are shown everywhere else; the exchange's own where this page knows no better. */
export function noticeText({ kind, data }, market) {
  const end = ENDS[kind];
  if (!end || !market) return data.message;
  const side = data.direction === 'LONG' ? 'long' : 'short';
  return `${end} your ${side} ${market.title} at ${market.price(decimal(data.closePrice))}: ${signed(decimal(data.netProfit), market.quotePlaces)} ${data.asset}.`;
}
