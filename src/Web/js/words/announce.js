import { toast } from '../components/toast.js';
import { shortest } from '../money/format.js';
import { markets } from '../state/markets.js';
import { noticeText } from './notice.js';

/** Says in a corner what became of orders, whichever page is open. */
export function announce(events) {
  events.addEventListener('order', ({ detail: order }) => {
    const market = markets.find(order.symbol);
    if (!market) return;
    const isBuy = order.side === 'BUY';
    const done = order.executedQuantity.isZero ? null
      : `${isBuy ? 'Bought' : 'Sold'} ${shortest(order.executedQuantity)} ${market.base} at ${market.price(order.executedQuote.dividedBy(order.executedQuantity, market.pricePlaces, 'half'))} ${market.quote}`;
    if (order.status === 'FILLED') toast(`${done}.`, isBuy ? 'up' : 'down');
    else if (order.status.startsWith('EXPIRED') && done) toast(`${done}; the rest ended. Its history says why.`, 'bad');
  });
  events.addEventListener('notification', ({ detail }) => toast(noticeText(detail, markets.find(detail.data.symbol)), toneOf(detail.data)));
}

const toneOf = ({ netProfit }) => (netProfit === undefined ? '' : netProfit.startsWith('-') ? 'down' : 'up');
