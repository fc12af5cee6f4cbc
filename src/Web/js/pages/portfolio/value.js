import * as exchange from '../../api/exchange.js';
import { areaChart } from '../../components/areaChart.js';
import { segmented } from '../../components/controls.js';
import { h } from '../../components/dom.js';
import { decimal } from '../../money/decimal.js';
import { fixed } from '../../money/format.js';
import { account } from '../../state/account.js';
import { holdings, totalOf } from '../../state/worth.js';

const SPANS = [['5m', 'Day', 288], ['1h', 'Month', 720], ['1d', 'Years', 1000]];
const EVERY_MS = 60_000;

/** What the account was worth, up to this moment. */
export function valuePanel(scope) {
  const chart = areaChart('Value over time', (point) => `${fixed(point.value, 2)} USDT`);
  const nothing = h('p', { class: 'empty', hidden: true }, 'The first values are noted every five minutes; come back soon.');
  const span = segmented('Span of time', SPANS.map(([key, title]) => [key, title]), { value: '5m', className: 'flat', onchange: load });

  async function load() {
    const [interval, , limit] = SPANS.find(([key]) => key === span.value);
    const page = await exchange.valueHistory(interval, limit).catch(() => null);
    if (!page || interval !== span.value) return;
    const points = page.points.toReversed().map(({ time, value }) => toPoint(time, decimal(value)));
    if (account.isLoaded) points.push(toPoint(Date.now(), totalOf(holdings(account))));
    nothing.hidden = points.length > 1;
    chart.element.hidden = points.length < 2;
    chart.show(points);
  }

  let wasLoaded = false;
  scope.add(account.watch(() => {
    if (account.isLoaded === wasLoaded) return;
    wasLoaded = account.isLoaded;
    load();
  }));
  load();
  scope.every(EVERY_MS, load);
  return h('section', { class: 'card value', 'aria-labelledby': 'value' },
    h('div', { class: 'card-head' }, h('h2', { id: 'value' }, 'Value over time'), span.element), nothing, chart.element);
}

const toPoint = (time, value) => ({ time, value, y: value.toNumber() });
