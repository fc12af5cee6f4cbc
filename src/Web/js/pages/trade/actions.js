import * as exchange from '../../api/exchange.js';
import { confirm } from '../../components/dialog.js';
import { toast } from '../../components/toast.js';
import { shortest, signed } from '../../money/format.js';
import { decimal } from '../../money/decimal.js';
import { account } from '../../state/account.js';
import { readOrder } from '../../state/read.js';
import { markets } from '../../state/markets.js';
import { explainError } from '../../words/errors.js';

/** What can be done to orders and positions, from wherever. Each says what came of it. True where it was done. */
async function attempt(action, done, context) {
  try {
    const answer = await action();
    const text = typeof done === 'function' ? done(answer) : done;
    if (text) toast(text, 'good');
    return true;
  } catch (error) {
    toast(explainError(error, context), 'bad');
    return false;
  }
}

export const cancelOrder = (order) => attempt(
  () => exchange.cancelOrder(order.symbol, order.orderId), `Cancelled the order to ${order.side === 'BUY' ? 'buy' : 'sell'}.`);

export async function cancelAll(symbol) {
  const orders = account.openOrders(symbol);
  if (orders.length === 0) return;
  const where = symbol ? ` on ${markets.find(symbol).title}` : '';
  const yes = orders.length === 1 || await confirm('Cancel all orders?', `${orders.length} open orders${where} will be cancelled. Positions stay open.`, 'Cancel all');
  if (yes) await attempt(() => exchange.cancelAll(symbol), (ended) => `Cancelled ${ended.length} orders.`);
}

/**
 * There is no way to change an order: it is cancelled, and what is left of it is placed anew, at the back of the queue. Where
 * the exchange does not want it there, it goes back to where it was.
 */
export async function moveOrder(market, order, change) {
  const [field, to] = Object.entries(change)[0];
  if (to.equals(order[field])) return;
  await attempt(async () => {
    const ended = readOrder(await exchange.cancelOrder(order.symbol, order.orderId));
    try {
      await exchange.placeOrder(orderLike({ ...ended, ...change }));
    } catch (error) {
      await exchange.placeOrder(orderLike(ended));
      throw error;
    }
  }, `Moved the order to ${market.price(to)}.`, { side: order.side });
}

const LIMITED = new Set(['LIMIT', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT_LIMIT']);

function orderLike(order) {
  const body = { market: order.symbol, side: order.side, type: order.type };
  if (order.quantity) body.quantity = order.quantity.minus(order.executedQuantity).toString();
  else body.quoteAmount = order.quoteAmount.toString();
  if (order.price) body.price = order.price.toString();
  if (order.stopPrice) body.stopPrice = order.stopPrice.toString();
  if (order.trailingDelta) body.trailingDelta = order.trailingDelta;
  if (LIMITED.has(order.type)) body.timeInForce = order.timeInForce;
  return body;
}

const LEVELS = ['stopLoss', 'takeProfit', 'trailDistance'];

/** All levels are set together: what is not given is none from then on. */
export function setLevels(position, changes, done = 'The position’s levels are set.') {
  const levels = {};
  for (const field of LEVELS) if (position[field]) levels[field] = position[field].toString();
  if (position.trailBps) levels.trailBps = position.trailBps;
  if (position.expiresAt) levels.expiresAt = position.expiresAt;
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) delete levels[field];
    else levels[field] = value.toString();
  }
  return attempt(async () => {
    await exchange.changeLevels(position.positionId, levels);
    await account.reloadPositions();
  }, done);
}

/** The line on the chart shows by itself that it was done. */
export const setLevel = (position, field, value) => setLevels(position, { [field]: value }, null);

export function closePosition(position, quantity = null) {
  const market = markets.find(position.symbol);
  return attempt(async () => {
    const result = await exchange.closePosition(position.positionId, quantity?.toString());
    await account.reloadPositions();
    return result;
  }, ({ exit }) => (exit
    ? `Closed ${shortest(decimal(exit.quantity))} ${market.base} at ${market.price(decimal(exit.price))}: ${signed(decimal(exit.profit), market.quotePlaces)} ${market.quote}.`
    : 'The position is closing.'));
}

export const takeBack = (waiting) => attempt(async () => {
  await exchange.cancelPosition(waiting.positionId);
  await account.reloadPositions();
}, 'The position will not be opened.');

export const addMargin = (position, amount) => attempt(async () => {
  await exchange.addMargin(position.positionId, amount.toString());
  await account.reloadPositions();
}, 'Added margin.');
