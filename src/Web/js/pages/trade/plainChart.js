import { h, replace } from '../../components/dom.js';
import { sparkline } from '../../components/sparkline.js';
import { decimal } from '../../money/decimal.js';
import { moment } from '../../money/format.js';

const ROWS = 12;

/** What is shown where the silo was built without the chart library: a line of closes and the latest candles as a table. */
export async function plainChart(stage, desk) {
  const { market } = desk;
  const line = h('div', { class: 'plain-line' });
  const body = h('tbody');
  let all = [];
  stage.classList.add('plain');
  stage.replaceChildren(
    h('p', { class: 'note' }, 'This server was built without the chart library, so prices are drawn plainly. Everything else works as always.'),
    line,
    h('div', { class: 'table-frame', tabindex: '0' }, h('table', { class: 'table' },
      h('thead', null, h('tr', null, ['Time', 'Open', 'High', 'Low', 'Close'].map((title) => h('th', { scope: 'col', class: 'number' }, title)))), body)));

  function draw() {
    replace(line, sparkline(all.slice(-120).map((candle) => Number(candle.close)), { width: 600, height: 160, label: 'Closing prices' }));
    replace(body, all.slice(-ROWS).reverse().map((candle) => h('tr', null,
      h('td', { class: 'number' }, moment(candle.openTime)),
      [candle.open, candle.high, candle.low, candle.close].map((price) => h('td', { class: 'number' }, market.price(decimal(price)))))));
  }

  const show = (candles) => {
    all = [...candles];
    draw();
  };
  return {
    lines: null,
    showAll: show,
    showOlder: show,
    showLast(candle) {
      if (all.at(-1)?.openTime === candle.openTime) all.pop();
      all.push(candle);
      draw();
    },
    end() {},
  };
}
