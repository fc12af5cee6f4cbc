import * as exchange from '../../api/exchange.js';
import { h, replace } from '../../components/dom.js';
import { decimal } from '../../money/decimal.js';
import { compact, percentOf, shortest, signed, tone } from '../../money/format.js';
import { account } from '../../state/account.js';

/** How closed positions went, for each asset that they were settled in. */
export function statisticsPanel(scope) {
  const body = h('div', { class: 'statistics' }, h('p', { class: 'empty' }, 'Reading…'));

  async function load() {
    const all = await exchange.statistics().catch(() => null);
    if (!all) return;
    const closed = all.filter((each) => each.count > 0);
    replace(body, closed.length > 0 ? closed.map(one) : h('p', { class: 'empty' }, 'No closed positions yet: wins, losses, best and worst are counted here.'));
  }

  load();
  account.events.addEventListener('notification', load);
  scope.add(() => account.events.removeEventListener('notification', load));
  return h('section', { class: 'card', 'aria-labelledby': 'statistics' }, h('h2', { id: 'statistics' }, 'Closed positions'), body);
}

function one(each) {
  const net = decimal(each.netProfit);
  const rate = percentOf(decimal(String(each.wins)), decimal(String(each.count)), 1);
  const rows = [
    ['Closed', String(each.count)],
    ['Won', `${each.wins} (${shortest(rate)}%)`],
    ['Lost', String(each.losses)],
    ['Best', signed(decimal(each.best), 2), tone(decimal(each.best))],
    ['Worst', signed(decimal(each.worst), 2), tone(decimal(each.worst))],
    ['Volume', compact(decimal(each.volume))],
  ];
  return h('div', { class: 'statistic' },
    h('p', { class: 'net' }, h('span', { class: 'lead' }, `Net result in ${each.asset}`), h('b', { class: `number ${tone(net)}` }, signed(net, 2))),
    h('div', { class: 'bar', 'aria-hidden': 'true' }, h('span', { class: 'wins', css: { width: `${rate.toString()}%` } })),
    h('dl', { class: 'facts-grid' }, rows.map(([name, text, kind]) => h('div', null, h('dt', null, name), h('dd', { class: `number ${kind ?? ''}` }, text)))));
}
