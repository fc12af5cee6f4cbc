import { Decimal } from '../money/decimal.js';
import { percentOf, shortest } from '../money/format.js';

/**
 * Why an order filled, or did not: its history told in words, from what the exchange recorded about it.
 * Answers with {headline, events: [{at, text}], outlook}; the outlook is about what may still happen.
 */
export function orderStory(order, fills, market, now = {}) {
  const telling = { order, fills: [...fills].sort((a, b) => a.time - b.time), market, now };
  return {
    headline: headline(telling),
    events: [placed(telling), ...triggered(telling), ...telling.fills.map((fill) => filled(telling, fill)), ...ending(telling)],
    outlook: isOpen(order) ? outlook(telling) : null,
  };
}

export const isOpen = (order) => ['NEW', 'PARTIALLY_FILLED'].includes(order.status);

const verb = (order) => (order.side === 'BUY' ? 'buy' : 'sell');
const others = (order) => (order.side === 'BUY' ? 'sellers' : 'buyers');
const quantityOf = ({ market }, quantity) => `${shortest(quantity)} ${market.base}`;
const priceOf = ({ market }, price) => `${market.price(price)} ${market.quote}`;

function headline(telling) {
  const { order } = telling;
  switch (order.status) {
    case 'FILLED':
      return `It filled completely, at ${averagePrice(telling)} on average.`;
    case 'PARTIALLY_FILLED':
      return `It filled in part: ${executedPart(telling)}. The rest waits in the book.`;
    case 'NEW':
      return order.isArmed ? `It has not filled yet: it waits for the price to ${conditionOf(telling)}.` : 'It has not filled yet: it waits in the book.';
    case 'REJECTED':
      return `It was refused: ${reason(telling)}`;
    default:
      return order.executedQuantity.isZero
        ? `It did not fill: ${reason(telling)}`
        : `It filled in part, ${executedPart(telling)}; the rest ended: ${reason(telling)}`;
  }
}

function executedPart(telling) {
  const { order } = telling;
  const part = order.quantity ? percentOf(order.executedQuantity, order.quantity, 1) : null;
  return quantityOf(telling, order.executedQuantity) + (part ? ` (${shortest(part)}%)` : '');
}

function averagePrice(telling) {
  const { order, market } = telling;
  return priceOf(telling, order.executedQuote.dividedBy(order.executedQuantity, market.pricePlaces, 'half'));
}

function placed(telling) {
  const { order, market } = telling;
  const what = order.quantity ? quantityOf(telling, order.quantity) : `${shortest(order.quoteAmount)} ${market.quote} worth of ${market.base}`;
  const start = `You asked to ${verb(order)} ${what}`;
  const how = isConditional(order) ? `once the price ${conditionOf(telling, 's')}, ${afterStop(telling)}` : terms(telling);
  return { at: order.createdAt, text: `${start} ${how}` };
}

const isConditional = (order) => Boolean(order.stopPrice || order.trailingDelta);

/** A stop loss is on the losing side of the market, a take profit on the winning one. */
const isFalling = (order) => order.type.startsWith('STOP_LOSS') === (order.side === 'SELL');

function conditionOf(telling, ending = '') {
  const { order } = telling;
  const way = isFalling(order) ? `fall${ending}` : `rise${ending}`;
  const trail = order.trailingDelta ? `${shortest(new Decimal(BigInt(order.trailingDelta), 2))}%` : null;
  if (!trail) return `${way} to ${priceOf(telling, order.stopPrice)}`;
  const follow = `turn${ending} back by ${trail} from its best since`;
  return order.stopPrice ? `reach${ending ? 'es' : ''} ${priceOf(telling, order.stopPrice)} and then ${follow}` : follow;
}

const afterStop = (telling) => (telling.order.price
  ? `then at ${priceOf(telling, telling.order.price)} ${telling.order.side === 'BUY' ? 'or less' : 'or more'}.` : 'then at the best prices there are.');

function triggered(telling) {
  const { order } = telling;
  return order.triggeredAt ? [{ at: order.triggeredAt, text: 'The price was reached, and the order went to the market.' }] : [];
}

function terms(telling) {
  const { order } = telling;
  const bound = order.side === 'BUY' ? 'or less' : 'or more';
  const price = order.price ? `at ${priceOf(telling, order.price)} ${bound}` : 'at the market’s price';
  if (order.type === 'MARKET') return 'at the best prices there are, at once.';
  if (order.type === 'LIMIT_MAKER') return `${price}, only by waiting in the book (post-only).`;
  if (order.timeInForce === 'IOC') return `${price}, at once or not at all, as far as it goes.`;
  if (order.timeInForce === 'FOK') return `${price}, all of it at once or nothing.`;
  return `${price}, waiting as long as it takes.`;
}

function filled(telling, fill) {
  const { order } = telling;
  const what = `${quantityOf(telling, fill.quantity)} at ${priceOf(telling, fill.price)}`;
  const fee = fill.fee.isZero ? '' : ` The fee was ${shortest(fill.fee)} ${fill.feeAsset}.`;
  if (fill.isMaker) {
    const patience = order.side === 'BUY' ? 'sold' : 'bought';
    return { at: fill.time, text: `${what}: your order stood in the book and somebody ${patience} at your price.${fee}` };
  }
  const better = order.price && !fill.price.equals(order.price) ? `, better than the ${priceOf(telling, order.price)} you allowed` : '';
  return { at: fill.time, text: `${what}: ${others(order)} were already waiting there, so you took their price${better}.${fee}` };
}

function ending(telling) {
  const { order } = telling;
  if (isOpen(order) || order.status === 'FILLED') return [];
  return [{ at: order.updatedAt, text: `The order ended: ${reason(telling)}` }];
}

const REASONS = {
  CANCELLED_BY_USER: () => 'you cancelled it.',
  REMAINDER_EXPIRED: ({ order }) => order.type === 'MARKET'
    ? 'there was nothing more to trade against.'
    : `no more ${others(order)} were within your price at that moment, and the order was not to wait.`,
  FILL_OR_KILL_UNFILLED: ({ order }) => `there were not enough ${others(order)} within your price to fill all of it at once.`,
  SELF_TRADE: () => 'it would have traded with another order of your own.',
  BUDGET_SPENT: () => 'the amount you set was spent; what is left buys less than the smallest quantity.',
  PROTECTION_PRICE_REACHED: () => 'the rest would have traded too far from where the market was, so it was protected from that.',
  NEVER_REACHED_MARKET: () => 'it never reached the market, and never will. What it held was given back.',
  PAIR_DONE: () => 'the other order of the pair was executed.',
  WOULD_TAKE_LIQUIDITY: () => 'it was post-only, and its price would have traded at once.',
  NO_LIQUIDITY: ({ order }) => `there were no ${others(order)} at all.`,
  MARKET_DATA_STALE: () => 'the venue’s prices were too old to trade on.',
  MARKET_HALTED: () => 'the market was halted.',
  INSUFFICIENT_BALANCE: () => 'there was not enough money for it.',
  ACCOUNT_RESET: () => 'the account was started over.',
};

function reason(telling) {
  const code = telling.order.reason;
  if (REASONS[code]) return REASONS[code](telling);
  return code ? `${code.toLowerCase().replaceAll('_', ' ')}.` : 'no reason was recorded.';
}

function outlook(telling) {
  const { order, market, now } = telling;
  if (market.status === 'HALTED') return 'The market is halted: nothing fills until an operator opens it again. You can cancel.';
  if (now.isStale) return 'The venue’s prices are too old to trade on: nothing fills until they are fresh again.';
  if (order.isArmed) return armedOutlook(telling);
  if (!order.price) return null;
  const opposite = order.side === 'BUY' ? now.ask : now.bid;
  if (!opposite) return `There are no ${others(order)} at the moment. It fills when somebody comes to your price.`;
  const distance = order.side === 'BUY' ? opposite.minus(order.price) : order.price.minus(opposite);
  const best = order.side === 'BUY' ? 'cheapest seller asks' : 'best buyer bids';
  if (distance.sign <= 0) return `The ${best} ${priceOf(telling, opposite)}, which reaches your price: it should fill in a moment.`;
  const way = order.side === 'BUY' ? 'fall' : 'rise';
  const queue = market.venue ? ' At your price, those who came before you are served first.' : '';
  const share = shortest(percentOf(distance, opposite, 3));
  return `The ${best} ${priceOf(telling, opposite)}. The market has to ${way} by ${priceOf(telling, distance)} (${share}%) to reach you.${queue}`;
}

/** What sells watches the best bid, what buys the best ask. */
function armedOutlook(telling) {
  const { order, now } = telling;
  const watched = order.side === 'SELL' ? now.bid : now.ask;
  const name = order.side === 'SELL' ? 'best bid' : 'best ask';
  if (!watched) return `There is no ${name} at the moment, so nothing can fire.`;
  if (!order.stopPrice) return `It follows the ${name}, which is ${priceOf(telling, watched)} now.`;
  const distance = order.stopPrice.minus(watched).abs();
  const [way, share] = [isFalling(order) ? 'fall' : 'rise', shortest(percentOf(distance, watched, 3))];
  return `The ${name} is ${priceOf(telling, watched)}. It has to ${way} by ${priceOf(telling, distance)} (${share}%) for this to fire.`;
}
