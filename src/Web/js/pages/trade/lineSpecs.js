import { profitAt } from '../../money/estimate.js';
import { shortest, signed } from '../../money/format.js';
import { account } from '../../state/account.js';
import { cancelOrder, moveOrder, setLevel, takeBack } from './actions.js';
import { openLevels } from './levelsDialog.js';

/** Which lines a chart has: one's own orders, and for each position its entry, stop loss, take profit and liquidation. */
export function lineSpecs(desk) {
  const { symbol } = desk.market;
  return [
    ...account.openOrders(symbol).flatMap((order) => orderLines(desk, order)),
    ...account.waitingPositions(symbol).map(waitingLine),
    ...account.openPositions(symbol).flatMap((position) => positionLines(desk, position)),
  ];
}

function waitingLine(waiting) {
  const text = `Opens ${waiting.direction === 'LONG' ? 'long' : 'short'}`;
  return {
    key: `opens-${waiting.positionId}`, kind: `${waiting.direction === 'LONG' ? 'buy' : 'sell'} trigger`, price: waiting.triggerPrice, text: () => text,
    remove: { name: 'Take this position back', run: () => takeBack(waiting) },
  };
}

function orderLines({ market }, order) {
  const left = order.quantity ? `${shortest(order.quantity.minus(order.executedQuantity))} ${market.base}` : `${shortest(order.quoteAmount)} ${market.quote}`;
  const what = `${order.side === 'BUY' ? 'Buy' : 'Sell'} ${left}`;
  const kind = order.side === 'BUY' ? 'buy' : 'sell';
  const lines = [];
  if (order.isArmed && order.stopPrice) {
    lines.push({
      key: `stop-${order.orderId}`, kind: `${kind} trigger`, price: order.stopPrice, text: () => `Stop · ${what}`, name: `Stop price of the order to ${what}`,
      move: order.orderListId ? null : (stopPrice) => moveOrder(market, order, { stopPrice }),
      remove: { name: 'Cancel this order', run: () => cancelOrder(order) },
    });
  }
  if (order.price) {
    const canMove = !order.isArmed && !order.orderListId;
    lines.push({
      key: `order-${order.orderId}`, kind, price: order.price, text: () => what, name: `Price of the order to ${what}`,
      move: canMove ? (price) => moveOrder(market, order, { price }) : null,
      remove: { name: 'Cancel this order', run: () => cancelOrder(order) },
    });
  }
  return lines;
}

function positionLines({ market }, position) {
  const isLong = position.direction === 'LONG';
  const size = `${isLong ? 'Long' : 'Short'} ${shortest(position.quantity)} ${market.base}`;
  const profit = (price) => `${signed(profitAt(position, price), market.quotePlaces)} ${market.quote}`;
  const level = (field, kind, title, words) => (position[field] ? [{
    key: `${field}-${position.positionId}`, kind, price: position[field],
    text: (price) => `${title} ${profit(price)}`, name: `${words} of ${size}`,
    move: (price) => setLevel(position, field, price),
    remove: { name: `Remove the ${words.toLowerCase()}`, run: () => setLevel(position, field, null) },
  }] : []);
  const fixed = (field, kind, title) => (position[field] ? [{ key: `${field}-${position.positionId}`, kind, price: position[field], text: () => title }] : []);
  const missing = [['stopLoss', 'SL', 'loss', 'stop loss'], ['takeProfit', 'TP', 'gain', 'take profit']].filter(([field]) => !position[field]);
  return [
    {
      key: `entry-${position.positionId}`, kind: isLong ? 'entry long' : 'entry short', price: position.entryPrice,
      text: () => `${size} · ${profit(markOf(position))}`,
      offers: missing.map(([field, title, kind, words]) => ({
        key: field, title, kind, name: `${title}: set a ${words} for ${size}`, text: (price) => `${title} ${profit(price)}`,
        move: (price) => setLevel(position, field, price), open: () => openLevels(position),
      })),
    },
    ...level('stopLoss', 'loss', 'SL', 'Stop loss'),
    ...level('takeProfit', 'gain', 'TP', 'Take profit'),
    ...fixed('trailingLevel', 'loss trailing', 'Trailing stop'),
    ...fixed('liquidationPrice', 'liquidation', 'Liquidation'),
  ];
}

const markOf = (position) => position.markPrice ?? position.entryPrice;
