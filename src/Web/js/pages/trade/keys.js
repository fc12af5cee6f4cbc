import { cancelAll } from './actions.js';

/** Single keys, wherever nobody is typing. */
export function listenToKeys(desk, scope, ticket, tabs) {
  const order = (side, type, field) => () => {
    ticket.showSpot();
    ticket.spot.choose(side, type);
    if (field) ticket.spot.focus(field);
  };
  const actions = {
    b: order('BUY', null, 'quantity'),
    s: order('SELL', null, 'quantity'),
    l: order(null, 'limit', 'price'),
    m: order(null, 'market', 'quantity'),
    p: order(null, null, 'price'),
    q: order(null, null, 'quantity'),
    x: () => cancelAll(desk.market.symbol),
  };
  scope.on(document, 'keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.target.matches('input, select, textarea, [role=slider]')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const action = actions[event.key.toLowerCase()] ?? tabs.byNumber(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
}
