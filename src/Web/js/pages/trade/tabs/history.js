import * as exchange from '../../../api/exchange.js';
import { table } from '../../../components/table.js';
import { shortest } from '../../../money/format.js';
import { account } from '../../../state/account.js';
import { readOrder } from '../../../state/read.js';
import { openOrderStory } from '../storyDialog.js';
import { actionsColumn, marketColumn, marketOf, numberColumn, sideColumn, statusOf, timeColumn, typeOf } from './cells.js';
import { paged } from './paged.js';

export function historyTab(panel) {
  const view = table('Order history', [
    timeColumn('Placed', (each) => each.createdAt),
    marketColumn,
    sideColumn,
    { title: 'Type', className: 'type', text: typeOf },
    numberColumn('Price', (each) => (each.price ? marketOf(each).price(each.price) : 'Market')),
    numberColumn('Average', (each) => (each.executedQuantity.isZero ? '–'
      : marketOf(each).price(each.executedQuote.dividedBy(each.executedQuantity, marketOf(each).pricePlaces, 'half')))),
    numberColumn('Filled', (each) => `${shortest(each.executedQuantity)}${each.quantity ? ` / ${shortest(each.quantity)}` : ''} ${marketOf(each).base}`),
    { title: 'Status', className: 'status', text: statusOf },
    actionsColumn(['Why?', (each) => `Why this order on ${each.symbol} filled, or did not`, openOrderStory]),
  ], { empty: 'No orders yet.', rowKey: (each) => each.orderId });
  const pages = paged(panel, view, async (cursor) => {
    const page = await exchange.orderHistory(undefined, cursor ?? undefined);
    return { items: page.orders.map(readOrder).filter(marketOf), next: page.nextCursor };
  });
  account.events.addEventListener('order', pages.reload);
  return () => account.events.removeEventListener('order', pages.reload);
}
