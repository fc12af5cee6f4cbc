import { h, setText } from '../../components/dom.js';
import { decimal } from '../../money/decimal.js';
import { compact, grouped } from '../../money/format.js';

/**
 * The candle chart of TradingView's Lightweight Charts. Pixels are drawn from plain numbers; prices that come back from the
 * chart are put on the market's ticks before anything is done with them.
 */
const library = await import('../../vendor/lightweight-charts.mjs');

export async function candleChart(stage, desk, { legend, reachBack }) {
  const { market } = desk;
  const canvas = h('div', { class: 'chart-canvas' });
  const overlay = h('div', { class: 'chart-overlay' });
  stage.replaceChildren(canvas, overlay, credit());
  let colours = readColours();
  let shownInterval = null;
  const chart = library.createChart(canvas, { autoSize: true, ...chartOptions(colours) });
  const candles = chart.addSeries(library.CandlestickSeries, {
    priceFormat: { type: 'custom', minMove: market.tick.toNumber(), formatter: (price) => grouped(price.toFixed(market.pricePlaces)) },
  });
  const volume = chart.addSeries(library.HistogramSeries, {
    priceFormat: { type: 'volume' }, priceScaleId: 'volume', lastValueVisible: false, priceLineVisible: false,
  });
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
  candles.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.22 } });

  const redraws = new Set();
  const bars = new Map();
  candles.attachPrimitive({ updateAllViews: () => redraws.forEach((redraw) => redraw()) });

  const toVolume = (bar) => ({ time: bar.time, value: bar.volume, color: bar.close >= bar.open ? colours.upSoft : colours.downSoft });
  const lastBar = () => [...bars.values()].at(-1);

  function paint() {
    colours = readColours();
    chart.applyOptions(chartOptions(colours));
    candles.applyOptions({ upColor: colours.up, downColor: colours.down, wickUpColor: colours.up, wickDownColor: colours.down, borderVisible: false });
    volume.setData([...bars.values()].map(toVolume));
  }

  paint();
  const onTheme = () => requestAnimationFrame(paint);
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  addEventListener('theme', onTheme);
  scheme.addEventListener('change', onTheme);
  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => range && range.from < 20 && reachBack());
  chart.subscribeCrosshairMove((moment) => showLegend(bars.get(moment.time) ?? lastBar()));
  chart.subscribeDblClick((moment) => {
    const price = moment.point ? priceAt(moment.point.y) : null;
    if (price) desk.pick(price);
  });

  function showLegend(bar) {
    if (!bar) return;
    const { open, high, low, close, volume: traded } = bar.candle;
    setText(legend, [['O', open], ['H', high], ['L', low], ['C', close]].map(([name, value]) => `${name} ${market.price(decimal(value))}`).join('  ')
      + `  Vol ${compact(decimal(traded))}`);
  }

  function fill(all) {
    bars.clear();
    for (const candle of all) bars.set(toBar(candle).time, toBar(candle));
    candles.setData([...bars.values()]);
    volume.setData([...bars.values()].map(toVolume));
    showLegend(lastBar());
  }

  function priceAt(y) {
    const price = candles.coordinateToPrice(y);
    return price > 0 ? market.toPrice(decimal(price.toFixed(market.pricePlaces + 2))) : null;
  }

  return {
    lines: {
      overlay,
      yOf: (price) => candles.priceToCoordinate(price.toNumber()),
      priceAt,
      /** The plot without the axes. */
      size: () => ({ width: chart.timeScale().width(), height: chart.panes()[0].getHeight() }),
      onRedraw(redraw) {
        redraws.add(redraw);
        return () => redraws.delete(redraw);
      },
    },
    showAll(all, interval) {
      if (interval === shownInterval) {
        fill(all);
        return;
      }
      shownInterval = interval;
      fill(all);
      chart.timeScale().applyOptions({ timeVisible: interval !== '1d', secondsVisible: interval === '1s' });
      const visible = Math.min(all.length, Math.max(40, Math.round(canvas.clientWidth / 8)));
      chart.timeScale().setVisibleLogicalRange({ from: all.length - visible, to: all.length + 4 });
      candles.priceScale().applyOptions({ autoScale: true });
    },
    showLast(candle) {
      const bar = toBar(candle);
      bars.set(bar.time, bar);
      candles.update(bar);
      volume.update(toVolume(bar));
      showLegend(bar);
    },
    showOlder(all) {
      const range = chart.timeScale().getVisibleLogicalRange();
      const added = all.length - bars.size;
      fill(all);
      if (range) chart.timeScale().setVisibleLogicalRange({ from: range.from + added, to: range.to + added });
    },
    end() {
      removeEventListener('theme', onTheme);
      scheme.removeEventListener('change', onTheme);
      chart.remove();
    },
  };
}

/** The notice that the library's licence asks for. */
const credit = () => h('a', {
  class: 'chart-credit', href: 'https://www.tradingview.com/', target: '_blank', rel: 'noreferrer',
  title: 'TradingView Lightweight Charts™ Copyright (c) 2026 TradingView, Inc. https://www.tradingview.com/',
}, 'Charts by TradingView');

const toBar = (candle) => ({
  time: candle.openTime / 1000,
  open: Number(candle.open),
  high: Number(candle.high),
  low: Number(candle.low),
  close: Number(candle.close),
  volume: Number(candle.volume),
  candle,
});

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    up: read('--up-solid'), down: read('--down-solid'), upSoft: read('--up-soft'), downSoft: read('--down-soft'),
    text: read('--text-2'), line: read('--grid-line'), edge: read('--line'), raised: read('--raised-solid'),
    font: style.fontFamily, size: Math.round(Number.parseFloat(style.fontSize) * 0.86),
  };
}

const local = (options) => new Intl.DateTimeFormat(undefined, { hourCycle: 'h23', ...options });
const FULL = local({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const MARKS = [local({ year: 'numeric' }), local({ month: 'short' }), local({ day: 'numeric', month: 'short' }), local({ hour: '2-digit', minute: '2-digit' }),
  local({ hour: '2-digit', minute: '2-digit', second: '2-digit' })];

function chartOptions(colours) {
  return {
    layout: { background: { color: 'transparent' }, textColor: colours.text, fontFamily: colours.font, fontSize: colours.size, attributionLogo: false },
    grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
    rightPriceScale: { borderColor: colours.edge },
    timeScale: { borderColor: colours.edge, rightOffset: 4, tickMarkFormatter: (time, kind) => MARKS[kind].format(time * 1000) },
    localization: { timeFormatter: (time) => FULL.format(time * 1000) },
    crosshair: {
      mode: 0,
      vertLine: { color: colours.text, labelBackgroundColor: colours.raised },
      horzLine: { color: colours.text, labelBackgroundColor: colours.raised },
    },
  };
}
