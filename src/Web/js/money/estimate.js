import { Decimal, ZERO } from './decimal.js';

/** What an order would probably do, from the book as it is on this page. All of it exact; only the market may differ by then. */
const BASIS_POINTS = new Decimal(10000n);
const STATED_PLACES = 2;

/** Fees round up, in the asset that their payer receives. */
export const feeOf = (amount, basisPoints, places) =>
  amount.times(new Decimal(BigInt(basisPoints))).dividedBy(BASIS_POINTS, places, 'up');

/**
 * Walks levels, the best first, until a quantity or a quote amount is used up or a limit is reached.
 * Answers with what would fill, at what average and worst price.
 */
export function walk(market, levels, { quantity = null, quoteAmount = null, accepts = () => true }) {
  let filled = ZERO;
  let spent = ZERO;
  let worst = null;
  for (const { price, quantity: offered } of levels) {
    if (!accepts(price)) break;
    const wanted = quantity ? quantity.minus(filled) : market.toQuantity(quoteAmount.minus(spent).dividedBy(price, market.quantityPlaces));
    const taken = wanted.min(offered);
    if (taken.sign <= 0) break;
    filled = filled.plus(taken);
    spent = spent.plus(taken.times(price));
    worst = price;
    if (taken.isBelow(offered)) break;
  }
  return {
    quantity: filled,
    notional: spent,
    worst,
    average: filled.isZero ? null : spent.dividedBy(filled, market.pricePlaces + STATED_PLACES, 'half'),
    isComplete: quantity ? filled.equals(quantity) : !filled.isZero && worst !== null && leftTooSmall(market, quoteAmount.minus(spent), worst),
  };
}

const leftTooSmall = (market, left, price) => left.isBelow(price.times(market.lot));

/** What opening a position with this margin and leverage would come to. Null where the book offers nothing. */
export function openPosition(market, levels, direction, margin, leverage) {
  const budget = margin.times(leverage).round(market.quotePrecision, 'down');
  const entry = walk(market, levels, { quoteAmount: budget });
  if (entry.quantity.isZero) return null;
  return {
    ...entry,
    margin,
    fee: feeOf(entry.notional, market.terms.entryFeeBps, market.quotePrecision),
    liquidation: liquidationPrice(market, direction, entry.quantity, entry.notional, margin),
  };
}

/** The price at which no more than the maintenance margin is left; null where no price does that. */
export function liquidationPrice(market, direction, quantity, entryNotional, margin) {
  const isLong = direction === 'LONG';
  const maintenance = new Decimal(BigInt(market.terms.maintenanceBps));
  const lost = isLong ? entryNotional.minus(margin) : entryNotional.plus(margin);
  const kept = isLong ? BASIS_POINTS.minus(maintenance) : BASIS_POINTS.plus(maintenance);
  if (lost.sign <= 0 || quantity.isZero) return null;
  return lost.times(BASIS_POINTS).dividedBy(quantity.times(kept), market.pricePlaces + STATED_PLACES, isLong ? 'up' : 'down');
}

/** What a position gains or loses if it is left at a price. */
export function profitAt(position, price) {
  const move = price.minus(position.entryPrice).times(position.quantity);
  return position.direction === 'LONG' ? move : move.negated();
}
