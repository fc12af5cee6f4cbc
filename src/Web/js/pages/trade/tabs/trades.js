import * as exchange from '../../../api/exchange.js';
import { table } from '../../../components/table.js';
import { shortest } from '../../../money/format.js';
import { account } from '../../../state/account.js';
import { readTrade } from '../../../state/read.js';
import { marketColumn, marketOf, numberColumn, sideColumn, timeColumn } from './cells.js';
import { paged } from './paged.js';

/** One's own trades on this market. */
export function tradesTab(panel, desk) {
  const { symbol } = desk.market;
  const view = table(`Your trades on ${desk.market.title}`, [
    timeColumn('Time', (each) => each.time),
    marketColumn,
    sideColumn,
    numberColumn('Price', (each) => marketOf(each).price(each.price)),
    numberColumn('Quantity', (each) => `${shortest(each.quantity)} ${marketOf(each).base}`),
    numberColumn('Worth', (each) => `${marketOf(each).amount(each.quoteQuantity)} ${marketOf(each).quote}`),
    numberColumn('Fee', (each) => `${shortest(each.fee)} ${each.feeAsset}`),
    { title: 'Role', className: 'type', text: (each) => (each.isMaker ? 'Waited (maker)' : 'Took (taker)') },
  ], { empty: `No trades on ${desk.market.title} yet.`, rowKey: (each) => `${each.tradeId}-${each.side}` });
  const pages = paged(panel, view, async (cursor) => {
    const page = await exchange.myTrades(symbol, { cursor: cursor ?? undefined });
    return { items: page.trades.map(readTrade), next: page.nextCursor };
  });
  account.events.addEventListener('fill', pages.reload);
  return () => account.events.removeEventListener('fill', pages.reload);
}
