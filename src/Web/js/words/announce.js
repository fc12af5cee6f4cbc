import { toast } from '../components/toast.js';
import { shortest } from '../money/format.js';
import { markets } from '../state/markets.js';
import { noticeText } from './notice.js';

/** Says in a corner what became of orders, whichever page is open. */
export function announce(events) {
  events.addEventListener('order', ({ detail: order }) => {
    const market = markets.find(order.symbol);
    if (!market) return;
    if (order.status === 'FILLED') toast(`${doneText(order, market)}.`, order.side === 'BUY' ? 'up' : 'down');
    else if (order.status.startsWith('EXPIRED') && !order.executedQuantity.isZero) toast(`${doneText(order, market)}; the rest ended. Its history says why.`, 'bad');
  });
  events.addEventListener('notification', ({ detail }) => toast(noticeText(detail, markets.find(detail.data.symbol)), toneOf(detail.data)));
}

function doneText(order, market) {
  const average = order.executedQuote.dividedBy(order.executedQuantity, market.pricePlaces, 'half');
  return `${order.side === 'BUY' ? 'Bought' : 'Sold'} ${shortest(order.executedQuantity)} ${market.base} at ${market.price(average)} ${market.quote}`;
}

const toneOf = ({ netProfit }) => (netProfit === undefined ? '' : netProfit.startsWith('-') ? 'down' : 'up');
