import * as exchange from '../api/exchange.js';
import { h, KeyedList, setClass, setText, replace } from '../components/dom.js';
import { sparkline } from '../components/sparkline.js';
import { compact, percent, tone } from '../money/format.js';
import { markets } from '../state/markets.js';
import { session } from '../state/session.js';

const SPARK_HOURS = 24;
const SPARK_EVERY_MS = 60_000;
const SPARK_RETRY_MS = 2_000;

const COLUMNS = [
  { key: 'name', title: 'Market', className: 'name', by: (market) => market.symbol },
  { key: 'last', title: 'Last price', className: 'number', by: (market, ticker) => ticker?.last },
  { key: 'change', title: '24 h change', className: 'number', by: (market, ticker) => ticker?.changePercent },
  { key: 'spark', title: '24 hours', className: 'spark' },
  { key: 'volume', title: '24 h volume', className: 'number', by: (market, ticker) => ticker?.quoteVolume },
  { key: 'state', title: 'Prices', className: 'state', by: (market) => markets.feed(market).text },
];

const closes = new Map();

export function show(main, scope) {
  document.title = 'Markets · Orleans Exchange';
  main.className = 'markets-page';
  const order = { key: 'volume', isUp: false };
  let wanted = '';

  const search = h('input', { type: 'search', id: 'market-search', placeholder: 'Search markets', 'aria-label': 'Search markets', autocomplete: 'off',
    oninput: () => { wanted = search.value.trim().toUpperCase().replaceAll(/[\s/_-]/g, ''); draw(); } });
  const heads = COLUMNS.map((column) => head(column, order, () => draw()));
  const body = h('tbody');
  const nothing = h('p', { class: 'empty', hidden: true }, 'No market matches.');
  const list = new KeyedList(body, makeRow);
  main.append(
    h('div', { class: 'page-head' }, h('h1', null, 'Markets'), search),
    session.isSignedIn ? null : welcome(),
    h('div', { class: 'table-frame markets' },
      h('table', { class: 'table roomy' }, h('thead', null, h('tr', null, heads.map((each) => each.element))), body), nothing));
  if (!session.isSignedIn) scope.add(session.watch(() => session.isSignedIn && main.querySelector('.welcome')?.remove()));

  function draw() {
    const shown = markets.all.filter((market) => `${market.base}${market.quote}`.includes(wanted));
    shown.sort(comparer(order));
    list.show(shown, (market) => market.symbol);
    nothing.hidden = shown.length > 0 || markets.all.length === 0;
    for (const each of heads) each.update();
  }

  scope.add(markets.watch(draw));
  scope.on(document, 'keydown', (event) => {
    if (event.key !== '/' || event.target.matches('input, select, textarea')) return;
    event.preventDefault();
    search.focus();
  });
  loadCloses(markets.all, draw);
  scope.every(SPARK_EVERY_MS, () => loadCloses(markets.all, draw));
  // A market that has just been opened gets its history in a moment.
  scope.every(SPARK_RETRY_MS, () => loadCloses(markets.all.filter((market) => market.venue && !(closes.get(market.symbol)?.length > 1)), draw));
}

function welcome() {
  return h('section', { class: 'welcome', 'aria-label': 'Welcome' },
    h('div', null,
      h('p', { class: 'welcome-title' }, 'Trade real-looking markets with money that does not exist.'),
      h('p', null, 'Limit and market orders, stops, and positions with leverage. An e-mail address is all it takes.')),
    h('a', { class: 'button primary large', href: '/sign-in' }, 'Start with 100,000 USDT'));
}

function head(column, order, redraw) {
  if (!column.by) return { element: h('th', { scope: 'col', class: column.className }, column.title), update() {} };
  const button = h('button', { type: 'button', class: 'sort', onclick: () => {
    order.isUp = order.key === column.key ? !order.isUp : column.key === 'name';
    order.key = column.key;
    redraw();
  } }, column.title, h('span', { class: 'arrow', 'aria-hidden': 'true' }));
  const element = h('th', { scope: 'col', class: column.className }, button);
  return {
    element,
    update() {
      const isChosen = order.key === column.key;
      if (isChosen) element.setAttribute('aria-sort', order.isUp ? 'ascending' : 'descending');
      else element.removeAttribute('aria-sort');
      setText(button.lastElementChild, isChosen ? (order.isUp ? '↑' : '↓') : '');
    },
  };
}

function comparer({ key, isUp }) {
  const { by } = COLUMNS.find((column) => column.key === key);
  const direction = isUp ? 1 : -1;
  return (left, right) => {
    const [a, b] = [by(left, markets.ticker(left.symbol)), by(right, markets.ticker(right.symbol))];
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
    const difference = typeof a === 'string' ? a.localeCompare(b) : a.compare(b);
    return difference * direction || left.symbol.localeCompare(right.symbol);
  };
}

function makeRow(market) {
  const link = h('a', { href: `/trade/${market.symbol}` }, h('b', null, market.base), h('span', null, `/${market.quote}`));
  const leverage = market.hasPositions ? h('span', { class: 'tag' }, `${market.maxLeverage}×`) : null;
  const last = h('td', { class: 'number last' });
  const change = h('td', { class: 'number' });
  const spark = h('td', { class: 'spark' });
  const volume = h('td', { class: 'number' });
  const state = h('span', { class: 'feed' });
  let drawn = null;
  return {
    element: h('tr', null, h('td', { class: 'name' }, link, leverage), last, change, spark, volume, h('td', { class: 'state' }, state)),
    update(now) {
      const ticker = markets.ticker(now.symbol);
      const isKnown = ticker && ticker.last.sign > 0;
      setText(last, isKnown ? now.price(ticker.last) : '–');
      setText(change, isKnown ? percent(ticker.changePercent) : '–');
      setClass(change, `number ${isKnown ? tone(ticker.changePercent) : ''}`);
      setText(volume, isKnown ? `${compact(ticker.quoteVolume)} ${now.quote}` : '–');
      const feed = markets.feed(now);
      setText(state, feed.text);
      setClass(state, `feed ${feed.tone}`);
      const values = closes.get(now.symbol) ?? [];
      if (values === drawn || values.length === 0) return;
      drawn = values;
      replace(spark, sparkline(values));
    },
  };
}

async function loadCloses(wanted, redraw) {
  if (wanted.length === 0) return;
  await Promise.allSettled(wanted.map(async (market) => {
    const candles = await exchange.candles(market.symbol, '1h', SPARK_HOURS);
    closes.set(market.symbol, candles.map((candle) => Number(candle.close)));
  }));
  redraw();
}
