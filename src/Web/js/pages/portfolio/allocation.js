import { h, KeyedList, setText, svg, replace } from '../../components/dom.js';
import { fixed, percentOf, shortest } from '../../money/format.js';
import { account } from '../../state/account.js';
import { markets } from '../../state/markets.js';
import { holdings, totalOf } from '../../state/worth.js';

const TONES = 8;

/** Which part of the whole each thing is: a ring, and the same as a list. */
export function allocationPanel(scope) {
  const ring = h('div', { class: 'ring' });
  const list = h('ul', { class: 'holdings' });
  const nothing = h('p', { class: 'empty', hidden: true }, 'Nothing here yet. Add paper money to begin.');
  const rows = new KeyedList(list, makeRow);

  const draw = () => {
    const all = holdings(account);
    const total = totalOf(all);
    const parts = all.map((each, at) => ({ ...each, tone: at % TONES, part: each.worth ? percentOf(each.worth, total, 1) : null }));
    nothing.hidden = !account.isLoaded || parts.length > 0;
    rows.show(parts, (each) => `${each.name}`);
    drawRing(ring, parts.filter((each) => each.part?.sign > 0));
  };
  scope.add(account.watch(draw));
  scope.add(markets.watch(draw));
  return h('section', { class: 'card', 'aria-labelledby': 'allocation' }, h('h2', { id: 'allocation' }, 'Allocation'), nothing, h('div', { class: 'allocation' }, ring, list));
}

function makeRow() {
  const dot = h('span', { class: 'dot' });
  const name = h('b');
  const amount = h('span', { class: 'number lead' });
  const part = h('span', { class: 'number' });
  const worth = h('span', { class: 'number lead' });
  return {
    element: h('li', null, dot, h('span', { class: 'holding' }, name, amount), h('span', { class: 'holding end' }, part, worth)),
    update(each) {
      dot.dataset.tone = each.tone;
      setText(name, each.name);
      setText(amount, `${shortest(each.amount, 6)} ${each.asset}`);
      setText(part, each.part ? `${each.part.toFixed(1)}%` : '–');
      setText(worth, each.worth ? `${fixed(each.worth, 2)} USDT` : 'no price');
    },
  };
}

let shown = '';

/** Redrawn only when a part has changed by a tenth of a percent. */
function drawRing(ring, parts) {
  const key = parts.map((each) => each.part.toString()).join();
  if (key === shown && ring.firstChild) return;
  shown = key;
  let from = 0;
  const arcs = parts.map((each) => {
    const length = each.part.toNumber();
    const drawn = Math.max(0.4, length - 0.6);
    const dashes = { 'stroke-dasharray': `${drawn} ${100 - drawn}`, 'stroke-dashoffset': 25 - from };
    const arc = svg('circle', { class: 'arc', 'data-tone': each.tone, cx: 21, cy: 21, r: 15.915, pathLength: 100, ...dashes });
    from += length;
    return arc;
  });
  replace(ring, svg('svg', { viewBox: '0 0 42 42', 'aria-hidden': 'true' }, svg('circle', { class: 'arc back', cx: 21, cy: 21, r: 15.915 }), arcs));
}
