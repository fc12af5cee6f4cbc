import * as exchange from '../../../api/exchange.js';
import { table } from '../../../components/table.js';
import { shortest, signed, tone } from '../../../money/format.js';
import { account } from '../../../state/account.js';
import { readPastPosition } from '../../../state/read.js';
import { openPositionStory } from '../storyDialog.js';
import { actionsColumn, directionColumn, marketColumn, marketOf, numberColumn, timeColumn } from './cells.js';
import { paged } from './paged.js';

const STATUSES = { CLOSED: 'Closed', LIQUIDATED: 'Liquidated', STOP_LOSS: 'Stop loss', TAKE_PROFIT: 'Take profit', TRAILING_STOP: 'Trailing stop', EXPIRED: 'Expired' };

export function closedPositions(panel) {
  const view = table('Closed positions', [
    timeColumn('Closed', (each) => each.closedAt),
    marketColumn,
    directionColumn,
    numberColumn('Size', (each) => `${shortest(each.quantity)} ${marketOf(each).base}`),
    numberColumn('Entry', (each) => marketOf(each).price(each.entryPrice)),
    numberColumn('Exit', (each) => (each.closePrice ? marketOf(each).price(each.closePrice) : '–')),
    { title: 'By', className: 'status', text: (each) => STATUSES[each.status] ?? each.status },
    numberColumn('Result', (each) => `${signed(each.netProfit, marketOf(each).quotePlaces)} ${marketOf(each).quote}`, (each) => tone(each.netProfit)),
    actionsColumn(['Why?', (each) => `Why the position on ${each.symbol} ended`, (each) => openPositionStory(each.positionId)]),
  ], { empty: 'No closed positions yet.', rowKey: (each) => each.positionId });
  const pages = paged(panel, view, async (cursor) => {
    const page = await exchange.pastPositions(cursor ?? undefined);
    return { items: page.positions.map(readPastPosition).filter(marketOf), next: page.nextCursor };
  });
  const known = () => [...account.positions.keys()].join();
  let before = known();
  return account.watch(() => {
    if (known() === before) return;
    before = known();
    pages.reload();
  });
}
