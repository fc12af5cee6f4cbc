import * as exchange from '../api/exchange.js';
import { goTo } from '../router.js';
import { session } from '../state/session.js';
import { explainError } from '../words/errors.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { toast } from './toast.js';

const SHORTCUTS = [
  ['B', 'Buy'], ['S', 'Sell'], ['L', 'Limit order'], ['M', 'Market order'], ['P', 'Price'], ['Q', 'Quantity'],
  ['X', 'Cancel all orders of this market'], ['1 – 6', 'Positions, orders, …, notifications'], ['/', 'Search markets'],
];

/** The account's own dialog: password, shortcuts, sign out. */
export function openSettings() {
  const password = h('input', { type: 'password', id: 'new-password', autocomplete: 'new-password', minlength: '12', maxlength: '128', required: true });
  const problem = h('p', { class: 'problem', role: 'alert' });

  async function setPassword(event) {
    event.preventDefault();
    try {
      await exchange.setPassword(password.value);
      password.value = '';
      problem.textContent = '';
      toast('The password is set.', 'good');
    } catch (error) {
      problem.textContent = explainError(error);
    }
  }

  const dialog = openDialog('Your account', [
    h('p', { class: 'lead' }, session.person.email, ' · account ', h('span', { class: 'number' }, session.person.userId)),
    h('form', { class: 'form', onsubmit: setPassword },
      h('div', { class: 'field' },
        h('label', { for: 'new-password' }, 'Set a password (12 characters or more), to sign in without a link'),
        h('div', { class: 'entry' }, password)),
      problem,
      h('button', { class: 'button wide', type: 'submit' }, 'Set password')),
    h('h3', null, 'Keyboard'),
    h('dl', { class: 'shortcuts' }, SHORTCUTS.map(([key, text]) => h('div', null, h('dt', null, h('kbd', null, key)), h('dd', null, text)))),
    h('div', { class: 'actions' },
      h('a', { class: 'button quiet', href: '/docs', target: '_blank' }, 'API'),
      h('button', { type: 'button', class: 'button', onclick: async () => { dialog.close(); await session.signOut(); goTo('/'); } }, 'Sign out')),
  ], { className: 'narrow' });
}
