import { h } from '../../../components/dom.js';
import { table } from '../../../components/table.js';
import { decimal } from '../../../money/decimal.js';
import { shortest } from '../../../money/format.js';
import { account } from '../../../state/account.js';
import { cancelAll, cancelOrder } from '../actions.js';
import { openOrderStory } from '../storyDialog.js';
import { actionsColumn, marketColumn, marketOf, numberColumn, sideColumn, timeColumn, typeOf } from './cells.js';

const waitsFor = (order) => {
  if (!order.isArmed) return '–';
  if (order.stopPrice) return marketOf(order).price(order.stopPrice);
  return `${shortest(decimal(String(order.trailingDelta)).dividedBy(decimal('100'), 2))}% behind`;
};

export function openOrdersTab(panel, desk) {
  const view = table('Open orders', [
    timeColumn('Placed', (each) => each.createdAt),
    marketColumn,
    sideColumn,
    { title: 'Type', className: 'type', text: typeOf },
    numberColumn('Price', (each) => (each.price ? marketOf(each).price(each.price) : 'Market')),
    numberColumn('Waits for', (each) => waitsFor(each)),
    numberColumn('Quantity', (each) => (each.quantity ? `${shortest(each.quantity)} ${marketOf(each).base}` : `${shortest(each.quoteAmount)} ${marketOf(each).quote}`)),
    numberColumn('Filled', (each) => (each.executedQuantity ? shortest(each.executedQuantity) : '0')),
    actionsColumn(
      ['Why?', (each) => `Why this order on ${each.symbol} has not filled`, openOrderStory],
      ['Cancel', (each) => `Cancel the order on ${each.symbol}`, cancelOrder]),
  ], { empty: 'No open orders.', rowKey: (each) => each.orderId });
  const all = h('button', { type: 'button', class: 'button tiny cancel-all', onclick: () => cancelAll() }, 'Cancel all');
  const here = h('button', { type: 'button', class: 'button tiny', onclick: () => cancelAll(desk.market.symbol) }, `Cancel all on ${desk.market.title}`);
  const tools = h('div', { class: 'tab-tools' }, here, all);
  panel.append(tools, view.element);
  return account.watch(() => {
    const orders = account.openOrders().filter(marketOf).sort((a, b) => b.createdAt - a.createdAt);
    tools.hidden = orders.length === 0;
    here.hidden = !orders.some((order) => order.symbol === desk.market.symbol) || orders.every((order) => order.symbol === desk.market.symbol);
    view.show(orders);
  });
}
