import { h, setText } from '../../../components/dom.js';
import { moment, shortest } from '../../../money/format.js';
import { markets } from '../../../state/markets.js';

/** Columns that several tables share. */
export const timeColumn = (title, at) => ({ title, className: 'time', text: (item) => moment(at(item)) });

export const marketColumn = {
  title: 'Market',
  className: 'market',
  make: (item) => {
    const link = h('a', { href: `/trade/${item().symbol}` });
    return { element: link, update: (now) => setText(link, markets.find(now.symbol)?.title ?? now.symbol) };
  },
};

export const sideColumn = {
  title: 'Side',
  className: 'side',
  text: (item) => (item.side === 'BUY' ? 'Buy' : 'Sell'),
  tone: (item) => (item.side === 'BUY' ? 'up' : 'down'),
};

export const directionColumn = {
  title: 'Position',
  className: 'side',
  text: (item) => `${item.direction === 'LONG' ? 'Long' : 'Short'} ${shortest(item.leverage)}×`,
  tone: (item) => (item.direction === 'LONG' ? 'up' : 'down'),
};

export const numberColumn = (title, text, tone) => ({ title, className: 'number', text, tone });

/** Buttons that act on a row: [text, label(item), action(item)]. */
export const actionsColumn = (...actions) => ({
  title: '',
  className: 'row-actions',
  make: (item) => {
    const buttons = actions.map(([text, label, action]) => {
      const button = h('button', { type: 'button', class: 'button tiny', onclick: () => action(item()) }, text);
      return { button, label };
    });
    return {
      element: h('span', { class: 'row-buttons' }, buttons.map(({ button }) => button)),
      update: (now) => buttons.forEach(({ button, label }) => {
        const name = label(now);
        if (button.getAttribute('aria-label') !== name) button.setAttribute('aria-label', name);
      }),
    };
  },
});

export const marketOf = (item) => markets.find(item.symbol);

const TYPES = {
  LIMIT: 'Limit', MARKET: 'Market', LIMIT_MAKER: 'Post-only', STOP_LOSS: 'Stop', STOP_LOSS_LIMIT: 'Stop limit',
  TAKE_PROFIT: 'Take profit', TAKE_PROFIT_LIMIT: 'Take profit limit',
};
const STATUSES = {
  NEW: 'Open', PARTIALLY_FILLED: 'Partly filled', FILLED: 'Filled', CANCELED: 'Cancelled', EXPIRED: 'Expired', EXPIRED_IN_MATCH: 'Expired', REJECTED: 'Refused',
};
export const typeOf = (order) => TYPES[order.type] ?? order.type;
export const statusOf = (order) => (order.isArmed && order.status === 'NEW' ? 'Waiting' : STATUSES[order.status] ?? order.status);
