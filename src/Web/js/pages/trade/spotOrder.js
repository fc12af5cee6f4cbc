import { ZERO, decimal } from '../../money/decimal.js';
import { feeOf, walk } from '../../money/estimate.js';
import { percentOf, shortest } from '../../money/format.js';

/** What the spot ticket's form means: as an estimate, as a refusal in words, as a request. */

const HUNDRED = decimal('100');
const ICEBERG_PARTS_MAX = decimal('100');
const TRAIL_MAX = decimal('99.99');

/** The price that an order is bound by, once it is in the book; null for one at the market's price. */
function limitOf(draft) {
  if (draft.type === 'stop') return draft.stopLimit;
  return draft.type === 'limit' || draft.type === 'oco' ? draft.price : null;
}

/** Where a trailing stop would fire if the market turned now, or where it begins to follow; null where nobody knows. */
function trailingLevel(desk, draft) {
  const from = draft.followFrom ?? (draft.side === 'SELL' ? desk.bid : desk.ask);
  if (!from || !(draft.trail?.sign > 0)) return null;
  const away = from.times(draft.trail).dividedBy(HUNDRED, desk.market.pricePlaces, 'half');
  return desk.market.toPrice(draft.side === 'SELL' ? from.minus(away) : from.plus(away));
}

/** The quantity, also where an amount of the quote asset was given instead. */
export function quantityOf(market, draft) {
  if (draft.quantity) return draft.quantity;
  const at = limitOf(draft) ?? draft.stopPrice;
  return draft.quoteAmount && at?.sign > 0 ? market.toQuantity(draft.quoteAmount.dividedBy(at, market.quantityPlaces)) : null;
}

/** Rows of [name, text, kind]: what fills at once and what waits. */
export function estimateSpot(desk, draft) {
  const { market } = desk;
  const isBuy = draft.side === 'BUY';
  if (draft.type === 'trailing') return estimateWaiting(market, draft, trailingLevel(desk, draft));
  if (draft.type === 'stop' || draft.type === 'oco') return estimateWaiting(market, draft, limitOf(draft) ?? draft.stopPrice);
  const limit = limitOf(draft);
  const isByAmount = draft.type === 'market' && draft.quoteAmount !== null;
  const quantity = isByAmount ? null : quantityOf(market, draft) ?? (draft.type === 'market' ? null : draft.quantity);
  if ((!quantity && !draft.quoteAmount) || (draft.type === 'limit' && !(limit?.sign > 0))) return empty();
  const accepts = limit ? (price) => (isBuy ? !price.isAbove(limit) : !price.isBelow(limit)) : () => true;
  const now = draft.isPostOnly ? nothing() : walk(market, desk.levelsFor(draft.side), quantity
    ? { quantity, accepts } : { quoteAmount: draft.quoteAmount, accepts });
  const waiting = limit && quantity ? quantity.minus(now.quantity) : ZERO;
  const worth = now.notional.plus(limit ? waiting.times(limit) : ZERO);
  const takerFee = isBuy ? feeOf(now.quantity, market.takerFeeBps, 8) : feeOf(now.notional, market.takerFeeBps, market.quotePrecision);
  const makerFee = isBuy ? feeOf(waiting, market.makerFeeBps, 8) : feeOf(waiting.times(limit ?? ZERO), market.makerFeeBps, market.quotePrecision);
  const feeAsset = isBuy ? market.base : market.quote;
  const average = now.quantity.isZero ? limit : worth.dividedBy(now.quantity.plus(waiting), market.pricePlaces, 'half');
  return [
    ['Expected average price', average ? `${market.price(average)} ${market.quote}` : '–'],
    ['Fills at once', fillsText(market, now, quantity, draft)],
    [isBuy ? 'Cost' : 'Worth', `${market.amount(worth)} ${market.quote}`],
    ['Fee', `${shortest(takerFee.plus(makerFee))} ${feeAsset}`],
  ];
}

function fillsText(market, now, quantity, draft) {
  if (draft.isPostOnly) return 'No, it waits';
  if (now.quantity.isZero) return draft.type === 'market' ? 'Nothing to trade with' : 'No, it waits';
  if (now.isComplete) return 'All of it';
  const part = quantity ? percentOf(now.quantity, quantity, 0) : null;
  return part ? `${part}%` : `${shortest(now.quantity)} ${market.base}`;
}

function estimateWaiting(market, draft, at) {
  const quantity = quantityOf(market, draft);
  if (!quantity || !(at?.sign > 0)) return empty();
  const isBuy = draft.side === 'BUY';
  const fee = isBuy ? feeOf(quantity, market.takerFeeBps, 8) : feeOf(quantity.times(at), market.takerFeeBps, market.quotePrecision);
  return [
    ['Expected average price', `${market.price(at)} ${market.quote}`],
    ['Waits for', draft.type === 'trailing' ? turnText(market, draft) : draft.stopPrice ? market.price(draft.stopPrice) : '–'],
    [isBuy ? 'Cost' : 'Worth', `${market.amount(quantity.times(at))} ${market.quote}`],
    ['Fee', `${shortest(fee)} ${isBuy ? market.base : market.quote}`],
  ];
}

const turnText = (market, { side, followFrom }) => (followFrom ? `${market.price(followFrom)}, then a turn` : `the ${side === 'BUY' ? 'ask' : 'bid'} to turn`);

const nothing = () => ({ quantity: ZERO, notional: ZERO, isComplete: false });
const empty = () => ['Expected average price', 'Fills at once', 'Cost', 'Fee'].map((name) => [name, '–']);

/** What the form still lacks: {field, text}, or null. The exchange checks everything again. */
export function checkSpot(desk, draft, available) {
  const { market } = desk;
  const field = (name, text) => (text ? { field: name, text } : null);
  const isWaiting = draft.type === 'stop' || draft.type === 'oco';
  const isTrailing = draft.type === 'trailing';
  const quantity = quantityOf(market, draft);
  return (draft.type === 'limit' || draft.type === 'oco' ? field('price', market.refusePrice(draft.price)) : null)
    ?? (isWaiting ? field('stopPrice', market.refusePrice(draft.stopPrice)) : null)
    ?? (isWaiting && draft.stopLimit ? field('stopLimit', market.refusePrice(draft.stopLimit)) : null)
    ?? (isTrailing ? field('trail', refuseTrail(draft)) : null)
    ?? (isTrailing && !draft.followsAtOnce ? field('followFrom', market.refusePrice(draft.followFrom)) : null)
    ?? (draft.type === 'market' && draft.quoteAmount
      ? field('quantity', market.refuseNotional(draft.quoteAmount))
      : field('quantity', market.refuseQuantity(quantity, draft.type === 'market' || isTrailing)))
    ?? (draft.type === 'limit' && draft.hasIceberg ? field('iceberg', refuseIceberg(market, draft, quantity)) : null)
    ?? (isWaiting ? field('stopPrice', checkSides(desk, draft)) : null)
    ?? field('quantity', checkWorth(desk, draft, quantity, available));
}

/** Whole basis points, so that what is typed is what is sent. */
function refuseTrail({ trail }) {
  const isRight = trail?.sign > 0 && !trail.isAbove(TRAIL_MAX) && trail.shortest().scale <= 2;
  return isRight ? null : 'Enter how far behind the market it stays, from 0.01% to 99.99%.';
}

function refuseIceberg(market, { iceberg, isPostOnly, timeInForce }, quantity) {
  if (!isPostOnly && timeInForce !== 'GTC') return 'Only an order that waits can show a part of itself.';
  if (!(iceberg?.sign > 0)) return 'Enter how much to show at a time, or leave it empty for all of it.';
  if (iceberg.isAbove(quantity)) return 'It cannot show more than there is.';
  if (!iceberg.isMultipleOf(market.lot)) return `Quantities here go in steps of ${market.lot} ${market.base}.`;
  return quantity.isAbove(iceberg.times(ICEBERG_PARTS_MAX)) ? `It can be in at most ${ICEBERG_PARTS_MAX} parts.` : null;
}

/** A stop waits on the far side of the market; the limit of a pair on the near one. */
function checkSides(desk, draft) {
  const { last } = desk;
  if (!last || draft.type !== 'oco') return null;
  const isSell = draft.side === 'SELL';
  const isRight = isSell ? draft.price.isAbove(last) && draft.stopPrice.isBelow(last) : draft.price.isBelow(last) && draft.stopPrice.isAbove(last);
  if (isRight) return null;
  return isSell ? 'To sell, the limit price goes above the market and the stop price below it.' : 'To buy, the limit price goes below the market and the stop price above it.';
}

function checkWorth(desk, draft, quantity, available) {
  const { market } = desk;
  const at = (draft.type === 'trailing' ? trailingLevel(desk, draft) : limitOf(draft) ?? draft.stopPrice) ?? (draft.side === 'BUY' ? desk.ask : desk.bid);
  const worth = draft.type === 'market' && draft.quoteAmount ? draft.quoteAmount : at ? quantity.times(at) : null;
  const small = worth ? market.refuseNotional(worth) : null;
  if (small) return small;
  const needed = draft.side === 'SELL' ? quantity : worth;
  const asset = draft.side === 'SELL' ? market.base : market.quote;
  return needed?.isAbove(available) ? `This needs ${shortest(needed, market.quotePrecision)} ${asset}; you have ${shortest(available)}.` : null;
}

/** The route and the body of the request. */
export function spotBody(desk, draft) {
  const { market } = desk;
  const body = { market: market.symbol, side: draft.side };
  if (draft.type === 'market') {
    body.type = 'MARKET';
    if (draft.quoteAmount) body.quoteAmount = draft.quoteAmount.toString();
    else body.quantity = draft.quantity.toString();
    return { route: 'placeOrder', body };
  }
  body.quantity = quantityOf(market, draft).toString();
  if (draft.type === 'limit') {
    body.type = draft.isPostOnly ? 'LIMIT_MAKER' : 'LIMIT';
    body.price = draft.price.toString();
    if (!draft.isPostOnly) body.timeInForce = draft.timeInForce;
    if (draft.hasIceberg) body.icebergQuantity = draft.iceberg.toString();
    return { route: 'placeOrder', body };
  }
  if (draft.type === 'trailing') return { route: 'placeOrder', body: { ...body, ...trailingFields(desk, draft) } };
  return draft.type === 'stop' ? { route: 'placeOrder', body: { ...body, ...stopFields(desk, draft) } } : pairBody(body, draft);
}

/** Which of the two a stop is follows from where the market stands: it fires on the way to it. */
function stopFields(desk, draft) {
  const now = desk.last ?? draft.stopPrice;
  const isBeyond = draft.side === 'SELL' ? draft.stopPrice.isBelow(now) : draft.stopPrice.isAbove(now);
  const kind = isBeyond ? 'STOP_LOSS' : 'TAKE_PROFIT';
  const fields = { type: draft.stopLimit ? `${kind}_LIMIT` : kind, stopPrice: draft.stopPrice.toString() };
  if (draft.stopLimit) fields.price = draft.stopLimit.toString();
  return fields;
}

/** Without a stop price it follows from where the market stands, which is what a stop loss does. */
function trailingFields(desk, draft) {
  const trailingDelta = Number(draft.trail.times(HUNDRED).toString());
  if (draft.followsAtOnce) return { type: 'STOP_LOSS', trailingDelta };
  return { ...stopFields(desk, { ...draft, stopPrice: draft.followFrom, stopLimit: null }), trailingDelta };
}

/** The limit wins where the stop loses, so they lie on both sides of the market. */
function pairBody(body, draft) {
  const [profit, stop] = draft.side === 'SELL' ? ['above', 'below'] : ['below', 'above'];
  const pair = {
    ...body,
    [`${profit}Type`]: 'LIMIT_MAKER',
    [`${profit}Price`]: draft.price.toString(),
    [`${stop}Type`]: draft.stopLimit ? 'STOP_LOSS_LIMIT' : 'STOP_LOSS',
    [`${stop}StopPrice`]: draft.stopPrice.toString(),
  };
  if (draft.stopLimit) pair[`${stop}Price`] = draft.stopLimit.toString();
  return { route: 'placePair', body: pair };
}

