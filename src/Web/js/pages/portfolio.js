import { h, setClass, setText } from '../components/dom.js';
import { openDeposit } from '../components/deposit.js';
import { fixed, percent, percentOf, signed, tone } from '../money/format.js';
import { account } from '../state/account.js';
import { markets } from '../state/markets.js';
import { session } from '../state/session.js';
import { holdings, profitOf, totalOf } from '../state/worth.js';
import { allocationPanel } from './portfolio/allocation.js';
import { resetButton } from './portfolio/reset.js';
import { statisticsPanel } from './portfolio/statistics.js';
import { valuePanel } from './portfolio/value.js';

/** What everything is worth, how it got there, and how one's positions went. */
export function show(main, scope) {
  document.title = 'Portfolio · Orleans Exchange';
  main.className = 'portfolio-page';
  if (!session.isSignedIn) {
    main.append(h('div', { class: 'sheet' }, h('h1', null, 'Portfolio'), h('p', null, h('a', { href: '/sign-in?to=/portfolio' }, 'Sign in'), ' to see what you have.')));
    return;
  }
  const total = h('p', { class: 'total-value number' }, '–');
  const open = h('p', { class: 'lead number' });
  main.append(
    h('div', { class: 'page-head' },
      h('div', { class: 'worth' }, h('h1', null, 'Portfolio'), total, open),
      h('div', { class: 'actions' }, resetButton(), h('button', { type: 'button', class: 'button primary', onclick: () => openDeposit() }, 'Add paper money'))),
    valuePanel(scope),
    h('div', { class: 'cards' }, allocationPanel(scope), statisticsPanel(scope)));

  const draw = () => {
    if (!account.isLoaded) return;
    const all = holdings(account);
    setText(total, `${fixed(totalOf(all), 2)} USDT`);
    const profit = profitOf(all);
    const count = account.positions.size;
    setClass(open, `lead number ${count > 0 ? tone(profit) : ''}`);
    setText(open, count > 0
      ? `${signed(profit, 2)} USDT (${percent(percentOf(profit, totalOf(all)) ?? profit)}) in ${count} open position${count === 1 ? '' : 's'}`
      : 'No open positions');
  };
  scope.add(account.watch(draw));
  scope.add(markets.watch(draw));
}
