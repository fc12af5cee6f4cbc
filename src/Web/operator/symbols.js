import { h, setClass, setText } from '../js/components/dom.js';
import { badge } from '../js/components/controls.js';
import { table } from '../js/components/table.js';
import { Decimal } from '../js/money/decimal.js';
import { grouped } from '../js/money/format.js';
import { markets } from '../js/state/markets.js';
import { actOnSymbol, restart } from './api.js';
import { act } from './ask.js';

const STATUS_TONE = { TRADING: 'up', HALTED: 'warn', DELISTED: 'down' };

const COLUMNS = [
  { title: 'Market', className: 'market', make: market },
  { title: 'Feed', make: feed },
  { title: 'Bid', className: 'number', text: (s) => price(s, s.bidPrice) },
  { title: 'Ask', className: 'number', text: (s) => price(s, s.askPrice) },
  { title: 'Orders', className: 'number', text: (s) => String(s.openOrders + s.conditionalOrders) },
  { title: 'Positions', className: 'number', text: (s) => String(s.openPositions) },
  { title: 'Triggers', className: 'number', text: (s) => String(s.armedTriggers) },
  { title: 'Orders/s', className: 'number', text: (s) => s.ordersPerSecond.toFixed(1) },
  { title: 'Fills/s', className: 'number', text: (s) => s.fillsPerSecond.toFixed(1) },
  { title: 'Latency', className: 'number', text: (s) => (s.isActive ? `${s.latencyMs.toFixed(1)} / ${s.latencyMsMax.toFixed(1)} ms` : '–') },
  { title: 'Queue', className: 'number', text: (s) => `${s.queued}${s.retrying > 0 ? ` (${s.retrying} retry)` : ''}`, tone: (s) => (s.retrying > 0 ? 'down' : '') },
  { title: '', className: 'row-actions', make: buttons },
];

/** All markets, those included that nobody needs at the moment. */
export function symbolsPanel(into, monitor) {
  const list = table('Markets and what their symbols do', COLUMNS, { empty: 'No market is listed yet.', rowKey: (symbol) => symbol.symbol });
  into.append(list.element);
  return monitor.watch(() => monitor.last && list.show(monitor.last.symbols.map((symbol) => ({ ...symbol, isStopped: monitor.last.trading.isStopped }))));
}

/** With as many places as the market has, so that numbers keep their length. */
const price = ({ symbol }, text) => (text === '0' ? '–' : markets.find(symbol)?.price(Decimal.parse(text)) ?? grouped(text));

function market() {
  const name = h('a');
  const status = badge('');
  const life = h('span', { class: 'hint' });
  return {
    element: h('div', { class: 'operator-market' }, name, status.element, life),
    update(symbol) {
      setText(name, symbol.symbol.replace('_', '/'));
      name.href = `/trade/${symbol.symbol}`;
      status.show(symbol.market.toLowerCase(), STATUS_TONE[symbol.market]);
      setText(life, !symbol.isActive ? 'asleep' : symbol.activeSince === 0 ? 'does not answer' : '');
    },
  };
}

function feed() {
  const element = h('span', { class: 'feed' });
  return {
    element,
    update(symbol) {
      const isNone = symbol.venue === '' || !symbol.isActive;
      setClass(element, isNone ? 'hint' : `feed ${symbol.feed === 'LIVE' ? 'on' : 'off'}`);
      setText(element, symbol.venue === '' ? 'users only' : !symbol.isActive ? '–' : `${symbol.venue}, ${symbol.feed.toLowerCase()}, ${Math.round(symbol.feedAgeMs / 1_000)} s`);
    },
  };
}

function buttons(current) {
  const halt = button('Halt', () => change(current(), 'halt'));
  const resume = button('Resume', () => change(current(), 'resume'));
  const wake = button('Wake', () => change(current(), 'activate'));
  const restarts = button('Restart', () => startOver(current()));
  const leave = button('Send away', () => change(current(), 'deactivate'));
  const delist = button('Delist', () => change(current(), 'delist'));
  return {
    element: h('span', { class: 'row-buttons' }, halt, resume, wake, restarts, leave, delist),
    update(symbol) {
      for (const each of [halt, resume, wake, restarts, leave, delist]) each.setAttribute('aria-label', `${each.textContent} ${symbol.symbol}`);
      halt.hidden = symbol.market !== 'TRADING';
      // While everything is stopped nobody can tell by this which market was halted for itself.
      resume.hidden = symbol.market !== 'HALTED' || symbol.isStopped;
      wake.hidden = symbol.isActive;
      restarts.hidden = leave.hidden = !symbol.isActive;
      delist.hidden = symbol.market === 'DELISTED';
    },
  };
}

const button = (text, onclick) => h('button', { type: 'button', class: `button tiny ${text === 'Delist' ? 'grave' : ''}`, onclick }, text);

const WORDS = {
  halt: ['Halt', 'Nothing matches and nothing closes in this market until it is resumed. Reads and cancels go on.'],
  resume: ['Resume', 'The market trades again. What would have fired meanwhile fires at its next price.'],
  activate: ['Wake', 'Its symbol comes alive and listens to its venue.'],
  deactivate: ['Send away', 'Its symbol saves a snapshot and goes. Whoever needs it, or its open work, brings it back.'],
  delist: ['Delist', 'The market ends for good and all its orders are cancelled. This cannot be taken back. It is refused while positions are open.'],
};

function change({ symbol }, action) {
  const [word, text] = WORDS[action];
  return act({ title: `${word} ${symbol}?`, text, action: word, run: async (reason) => (await actOnSymbol(symbol, action, reason)).message });
}

function startOver({ symbol }) {
  return act({
    title: `Restart ${symbol}?`, text: 'Its symbol saves a snapshot, goes, and comes back from its journal. Orders that arrive meanwhile wait.', action: 'Restart',
    run: async (reason) => (await restart(reason, symbol)).message,
  });
}
