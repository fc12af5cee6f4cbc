import { h } from '../../components/dom.js';
import { tabs } from '../../components/tabs.js';
import { account } from '../../state/account.js';
import { session } from '../../state/session.js';
import { balancesTab } from './tabs/balances.js';
import { historyTab } from './tabs/history.js';
import { notificationsTab } from './tabs/notifications.js';
import { openOrdersTab } from './tabs/openOrders.js';
import { positionsTab } from './tabs/positions.js';
import { tradesTab } from './tabs/trades.js';

/** What one has: positions, orders, what came of them, and money. */
export function accountTabs(desk, scope) {
  const views = [
    ['positions', 'Positions', positionsTab],
    ['orders', 'Open orders', openOrdersTab],
    ['history', 'Order history', historyTab],
    ['trades', 'Trades', tradesTab],
    ['balances', 'Balances', balancesTab],
    ['notifications', 'Notifications', notificationsTab],
  ];
  const items = views.map(([key, title, view]) => ({
    key, title, show: (panel) => (session.isSignedIn ? view(panel, desk) : signedOut(panel)),
  }));
  const choice = tabs('Your account', items, { className: 'panel account' });
  choice.show('positions');
  scope.add(() => choice.leave());
  scope.add(account.watch(() => {
    choice.count('positions', account.positions.size);
    choice.count('orders', account.openOrders().length);
    choice.count('notifications', account.unread);
  }));
  return {
    element: choice.element,
    show: choice.show,
    byNumber(text) {
      const item = items[Number(text) - 1];
      return item ? () => choice.show(item.key) : null;
    },
  };
}

function signedOut(panel) {
  panel.append(h('p', { class: 'empty' }, h('a', { href: `/sign-in?to=${encodeURIComponent(location.pathname)}` }, 'Sign in'), ' to see what is yours.'));
}
