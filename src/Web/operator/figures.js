import { h, replace, setClass, setText } from '../js/components/dom.js';
import { sparkline } from '../js/components/sparkline.js';

const rate = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** Each tile: what it says now and, where it moves, how it went in the last two minutes. */
const TILES = [
  { title: 'Orders a second', text: (s) => rate(s.totals.ordersPerSecond), series: (s) => s.totals.ordersPerSecond },
  { title: 'Fills a second', text: (s) => rate(s.totals.fillsPerSecond), series: (s) => s.totals.fillsPerSecond },
  { title: 'Cancels a second', text: (s) => rate(s.totals.cancelsPerSecond), series: (s) => s.totals.cancelsPerSecond },
  { title: 'Closures a second', text: (s) => rate(s.totals.closuresPerSecond), series: (s) => s.totals.closuresPerSecond },
  { title: 'Journal flush', text: (s) => ms(s.journal.flushMs), note: (s) => `${rate(s.journal.flushesPerSecond)} a second, ${rate(s.journal.appendsPerFlush)} appends each, ${s.journal.queue} waiting`, series: (s) => s.journal.flushMs },
  { title: 'Read model behind', text: (s) => ms(s.journal.readModelLagMs), series: (s) => s.journal.readModelLagMs, isBad: (s) => s.journal.readModelLagMs > 30_000 },
  { title: 'Open orders', text: (s) => String(s.totals.openOrders), note: (s) => `${s.totals.openPositions} positions, ${s.totals.armedTriggers} armed triggers`, series: (s) => s.totals.openOrders },
  { title: 'Settlements waiting', text: (s) => String(s.totals.queued), note: (s) => `${s.totals.retrying} accounts in retry`, series: (s) => s.totals.queued, isBad: (s) => s.totals.retrying > 0 },
  { title: 'Dead letters', text: (s) => String(s.totals.deadLetters), isBad: (s) => s.totals.deadLetters > 0 },
  { title: 'Errors answered', text: (s) => String(s.totals.errors), note: (s) => `of ${s.totals.requests} requests since the start; ${s.journal.flushFailures} flushes failed, ${s.journal.conflicts} conflicts`, series: (s) => s.totals.errors, isBad: (s) => s.journal.flushFailures > 0 },
];

export function figures() {
  const tiles = TILES.map(tile);
  const silos = h('dl', { class: 'silos' });
  return {
    element: h('section', { class: 'operator-figures', 'aria-label': 'Figures' }, tiles.map((each) => each.element), h('div', { class: 'figure wide' }, h('h2', null, 'Silos and activations'), silos)),
    show(monitor) {
      for (const each of tiles) each.show(monitor);
      replace(silos, monitor.last.silos.flatMap((silo) => [
        h('dt', null, `${silo.silo}: ${silo.activations}`),
        h('dd', null, Object.entries(silo.byKind).map(([kind, count]) => `${kind} ${count}`).join(', ')),
      ]));
    },
  };
}

function tile({ title, text, note, series, isBad }) {
  const value = h('p', { class: 'figure-value number' }, '–');
  const small = h('p', { class: 'hint' });
  const line = h('div', { class: 'figure-line', 'aria-hidden': 'true' });
  const element = h('div', { class: 'figure' }, h('h2', null, title), value, line, small);
  return {
    element,
    show(monitor) {
      const last = monitor.last;
      setText(value, text(last));
      setClass(value, `figure-value number ${isBad?.(last) ? 'down' : ''}`);
      setText(small, note?.(last) ?? '');
      if (series) replace(line, sparkline(monitor.series(series), { label: title }));
    },
  };
}
