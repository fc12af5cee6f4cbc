import { fixed, percent, percentOf, shortest, signed } from '../money/format.js';

/** How a position began, how it went and why it ended, in words. */
export function positionStory(position, market) {
  const telling = { position, market };
  const events = [opened(telling)];
  if (!position.closedQuantity.isZero && !position.closedAt)
    events.push({ at: null, text: `${shortest(position.closedQuantity)} ${market.base} of it are closed already.` });
  if (position.closedAt) events.push({ at: position.closedAt, text: `${ending(telling)} ${money(telling)}` });
  return { headline: headline(telling), events, outlook: position.closedAt ? null : levels(telling) };
}

const price = ({ market }, value) => `${market.price(value)} ${market.quote}`;
const amount = ({ market }, value) => `${signed(value, market.quotePlaces)} ${market.quote}`;

function headline(telling) {
  const { position } = telling;
  if (!position.closedAt) return position.status === 'CLOSING' ? 'It is closing.' : 'It is open.';
  const result = position.netProfit;
  const share = percentOf(result, position.margin, 1);
  const brought = result.sign >= 0 ? 'brought' : 'cost';
  return `${HEADLINES[position.cause] ?? 'It was closed'}, and ${brought} ${fixed(result.abs(), telling.market.quotePlaces)} ${telling.market.quote}`
    + (share ? ` (${percent(share, 1)} of the margin).` : '.');
}

const HEADLINES = {
  USER: 'You closed it',
  STOP_LOSS: 'Its stop loss closed it',
  TAKE_PROFIT: 'Its take profit closed it',
  TRAILING_STOP: 'Its trailing stop closed it',
  LIQUIDATION: 'It was liquidated',
  EXPIRY: 'Its time was over',
  OPERATOR: 'An operator closed it',
};

function opened(telling) {
  const { position, market } = telling;
  const bet = position.direction === 'LONG' ? 'rise' : 'fall';
  return {
    at: position.openedAt,
    text: `You put in ${market.amount(position.margin)} ${market.quote} at ${shortest(position.leverage)}× on prices to ${bet}: `
      + `${shortest(position.quantity)} ${market.base}, entered at ${price(telling, position.entryPrice)} on average.`,
  };
}

function ending(telling) {
  const { position } = telling;
  const reached = position.reachedPrice ? price(telling, position.reachedPrice) : null;
  const level = position.level ? price(telling, position.level) : null;
  const gap = reached && level && reached !== level ? ` The price went past it to ${reached} in one step.` : '';
  switch (position.cause) {
    case 'STOP_LOSS':
      return `The price reached the stop loss at ${level}.${gap}`;
    case 'TAKE_PROFIT':
      return `The price reached the take profit at ${level}.${gap}`;
    case 'TRAILING_STOP':
      return `The price turned back to the trailing stop, which had followed to ${level}.${gap}`;
    case 'LIQUIDATION':
      return `The mark price reached the liquidation price, ${level ?? price(telling, position.liquidationPrice)}: no more of the margin could be lost.${gap}`;
    case 'EXPIRY':
      return 'The time you had given it was over.';
    case 'OPERATOR':
      return 'An operator of the exchange closed it.';
    default:
      return 'You closed it.';
  }
}

function money(telling) {
  const { position, market } = telling;
  const parts = [`It was left at ${price(telling, position.closePrice)} on average: ${amount(telling, position.profit)} before fees`];
  if (!position.fees.isZero) parts.push(`fees of ${market.amount(position.fees)}`);
  if (!position.funding.isZero) parts.push(`funding of ${amount(telling, position.funding.negated())}`);
  return `${parts.join(', ')}. ${market.amount(position.totalReturn)} ${market.quote} came back to your account.`;
}

function levels(telling) {
  const { position } = telling;
  const known = [['stopLoss', 'stop loss'], ['takeProfit', 'take profit'], ['liquidationPrice', 'liquidation']]
    .filter(([field]) => position[field]).map(([field, name]) => `${name} at ${price(telling, position[field])}`);
  return known.length > 0 ? `It ends at its ${known.join(', ')}, or when you close it.` : 'It ends when you close it.';
}
