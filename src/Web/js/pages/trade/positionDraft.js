import { Decimal, decimal } from '../../money/decimal.js';
import { openPosition } from '../../money/estimate.js';
import { shortest } from '../../money/format.js';

/** What the position ticket's form means: as an estimate, as a refusal in words, as a request. */
const ONE = decimal('1');
const HUNDRED = decimal('100');

const isLong = (draft) => draft.direction === 'LONG';

/** What opening it would come to, now or as if the market stood at its trigger price; null where that cannot be said. */
export function estimatePosition(desk, draft) {
  const { market } = desk;
  const { margin, leverage, triggerPrice } = draft;
  if (!(margin?.sign > 0) || !(leverage?.sign > 0)) return null;
  if (!draft.waits) return openPosition(market, desk.levelsFor(isLong(draft) ? 'BUY' : 'SELL'), draft.direction, margin, leverage);
  return triggerPrice?.sign > 0
    ? openPosition(market, [{ price: triggerPrice, quantity: market.maxMarketQuantity }], draft.direction, margin, leverage) : null;
}

/** What the form still lacks: {field, text}, or null. The exchange checks everything again. */
export function checkPosition(desk, draft, available) {
  const { market } = desk;
  const would = estimatePosition(desk, draft);
  const { margin, leverage } = draft;
  if (!(margin?.sign > 0)) return { field: 'margin', text: 'Enter how much you put in.' };
  if (!leverage || leverage.isBelow(ONE) || leverage.isAbove(most(market)))
    return { field: 'leverage', text: `Leverage goes from 1 to ${market.maxLeverage}.` };
  const trigger = draft.waits ? checkTrigger(desk, draft) : null;
  if (trigger) return { field: 'triggerPrice', text: trigger };
  if (!would) return { field: 'margin', text: draft.waits ? 'This is too little to trade with.' : 'There is nothing to trade against at the moment.' };
  if (margin.plus(would.fee).isAbove(available))
    return { field: 'margin', text: `You have ${shortest(available)} ${market.quote}, for margin and fee together.` };
  return checkLevels(desk, draft, would);
}

const most = (market) => new Decimal(BigInt(market.maxLeverage));

const watched = (desk, draft) => (isLong(draft) ? desk.ask : desk.bid);

function checkTrigger(desk, draft) {
  const refused = desk.market.refusePrice(draft.triggerPrice);
  if (refused) return refused;
  return watched(desk, draft)?.equals(draft.triggerPrice) ? 'The price is there already. Open the position now instead.' : null;
}

/** Levels are compared with the price at which the position could be closed: what waits is taken to stand at its trigger. */
function checkLevels(desk, draft, would) {
  for (const field of ['stopLoss', 'takeProfit', 'trailing']) {
    const { isEmpty, value } = draft[field];
    if (!isEmpty && !(value?.sign > 0)) return { field, text: 'Enter a number, or leave it empty for none.' };
  }
  const now = draft.waits ? draft.triggerPrice : (isLong(draft) ? desk.bid : desk.ask) ?? would.average;
  const [stop, goal] = [draft.stopLoss.value, draft.takeProfit.value];
  // A level is on its side where it is further that way than what it is compared with.
  const isBeyond = (level, than, isUp) => (isUp ? level.isAbove(than) : level.isBelow(than));
  const kind = isLong(draft) ? 'long' : 'short';
  const place = draft.waits ? 'the trigger price' : 'the price';
  if (stop && !isBeyond(stop, now, !isLong(draft)))
    return { field: 'stopLoss', text: `A stop loss of a ${kind} position is ${isLong(draft) ? 'below' : 'above'} ${place}.` };
  if (stop && would.liquidation && !isBeyond(stop, would.liquidation, isLong(draft)))
    return { field: 'stopLoss', text: 'The position would be liquidated before this stop loss is reached.' };
  if (goal && !isBeyond(goal, now, isLong(draft)))
    return { field: 'takeProfit', text: `A take profit of a ${kind} position is ${isLong(draft) ? 'above' : 'below'} ${place}.` };
  return null;
}

/**
 * The body of the request. Which way the price has to go is said as this page sees it: where the market is faster, the exchange
 * refuses, rather than wait for the price to come back.
 */
export function positionBody(desk, draft) {
  const { market } = desk;
  const body = { market: market.symbol, direction: draft.direction, margin: draft.margin.toString(), leverage: draft.leverage.toString() };
  if (draft.waits) {
    const now = watched(desk, draft);
    body.triggerPrice = draft.triggerPrice.toString();
    if (now) body.triggerDirection = draft.triggerPrice.isAbove(now) ? 'RISING' : 'FALLING';
  }
  const [stop, goal, trailing] = [draft.stopLoss.value, draft.takeProfit.value, draft.trailing.value];
  if (stop) body.stopLoss = market.toPrice(stop).toString();
  if (goal) body.takeProfit = market.toPrice(goal).toString();
  if (trailing && draft.trailingUnit === 'price') body.trailDistance = market.toPrice(trailing).toString();
  if (trailing && draft.trailingUnit === 'percent') body.trailBps = Number(trailing.times(HUNDRED).round(0).toString());
  return body;
}
