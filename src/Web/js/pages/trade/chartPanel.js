import * as exchange from '../../api/exchange.js';
import { segmented } from '../../components/controls.js';
import { h, replace } from '../../components/dom.js';
import { stream } from '../../state/live.js';
import { chartLines } from './chartLines.js';
import { plainChart } from './plainChart.js';

const INTERVALS = ['1s', '1m', '5m', '15m', '1h', '4h', '1d'];
const FIRST = 500;
const KEY = 'chart-interval';

/** Candles and volume, live. Without the chart library the same prices are drawn as a plain line. */
export function chartPanel(desk, scope) {
  const stage = h('div', { class: 'chart-stage' });
  const kept = localStorage.getItem(KEY);
  const intervals = segmented('Candle interval', INTERVALS.map((each) => [each, each]), {
    value: INTERVALS.includes(kept) ? kept : '1m',
    className: 'flat',
    onchange: (interval) => {
      localStorage.setItem(KEY, interval);
      follow(interval);
    },
  });
  const legend = h('p', { class: 'chart-legend number', 'aria-hidden': 'true' });
  const element = h('section', { class: 'panel chart', 'aria-label': `Price chart of ${desk.market.title}` },
    h('header', { class: 'panel-head' }, intervals.element, legend),
    stage);

  let drawing = null;
  let candles = [];
  let interval = intervals.value;
  let unlisten = null;
  let isComplete = false;

  async function follow(next) {
    interval = next;
    unlisten?.();
    candles = [];
    isComplete = false;
    unlisten = stream.listen(`kline@${desk.market.symbol}@${interval}`, (data) => {
      if (interval !== next) return;
      if (data === null) isComplete = false;
      else if (!isComplete) load(next);
      else take(data.kline);
    });
    await load(next);
  }

  async function load(next) {
    const loaded = await exchange.candles(desk.market.symbol, next, FIRST).catch(() => null);
    if (!loaded || interval !== next) return;
    candles = loaded;
    isComplete = true;
    drawing?.showAll(candles, interval);
  }

  function take(candle) {
    const last = candles.at(-1);
    if (last?.openTime === candle.openTime) candles[candles.length - 1] = candle;
    else if (!last || candle.openTime > last.openTime) candles.push(candle);
    else return;
    drawing?.showLast(candle);
  }

  let isReachingBack = false;
  async function reachBack() {
    if (isReachingBack || !isComplete || candles.length === 0) return;
    isReachingBack = true;
    const asked = interval;
    const older = await exchange.candles(desk.market.symbol, asked, FIRST, candles[0].openTime - 1).catch(() => []);
    isReachingBack = older.length === 0;
    if (asked !== interval || older.length === 0) return;
    candles = [...older, ...candles];
    drawing.showOlder(candles);
  }

  async function start() {
    const hasLibrary = document.documentElement.dataset.chart === 'true';
    const { candleChart } = hasLibrary ? await import('./candleChart.js') : { candleChart: plainChart };
    drawing = await candleChart(stage, desk, { legend, reachBack });
    scope.add(() => drawing.end());
    scope.add(() => unlisten?.());
    if (drawing.lines) scope.add(chartLines(desk, drawing));
    if (isComplete) drawing.showAll(candles, interval);
  }

  follow(interval);
  start().catch((error) => replace(stage, h('p', { class: 'empty' }, `The chart could not be drawn: ${error.message}`)));
  return element;
}
