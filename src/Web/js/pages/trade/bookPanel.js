import { group, groupSteps, ownLots } from '../../book/grouping.js';
import { h, setClass, setText } from '../../components/dom.js';
import { shortest } from '../../money/format.js';
import { account } from '../../state/account.js';
import { beforePaint } from '../../state/store.js';

const ROWS_MIN = 5;
const ROWS_MAX = 40;

/** The order book: sellers above, buyers below, both as deep as there is room for. A click on a price fills the ticket. */
export function bookPanel(desk, scope) {
  const { market } = desk;
  const asks = side(desk, 'SELL');
  const bids = side(desk, 'BUY');
  const middle = h('span', { class: 'mid number' }, '–');
  const spread = h('span', { class: 'spread number' });
  const steps = h('select', { class: 'small-select', 'aria-label': 'Group prices by', onchange: () => beforePaint(draw) });
  const middleRow = h('div', { class: 'book-middle' }, middle, spread);
  const rows = h('div', { class: 'book-rows' }, asks.element, middleRow, bids.element);
  const element = h('section', { class: 'panel book', 'aria-label': 'Order book' },
    h('header', { class: 'panel-head' }, h('h2', null, 'Order book'), steps),
    h('div', { class: 'book-head', 'aria-hidden': 'true' },
      h('span', null, `Price ${market.quote}`), h('span', null, `Amount ${market.base}`), h('span', null, 'Total')),
    rows);

  function fillSteps() {
    const price = desk.bid ?? desk.ask ?? desk.last;
    if (!price || steps.length > 0) return;
    steps.append(...groupSteps(market.ticksOf(price)).map((step) => h('option', { value: step.toString() }, shortest(market.priceOf(step)))));
    steps.value = '1';
  }

  function draw() {
    fillSteps();
    const step = BigInt(steps.value || '1');
    const count = asks.count;
    const up = group(desk.book.asks, false, step, count);
    const down = group(desk.book.bids, true, step, count);
    const most = [up.at(-1)?.total ?? 0n, down.at(-1)?.total ?? 0n].reduce((a, b) => (a > b ? a : b), 1n);
    const own = account.openOrders(market.symbol).filter((order) => order.price && order.quantity && !order.isArmed);
    asks.draw(up, most, ownLots(own.filter((order) => order.side === 'SELL'), market, false, step));
    bids.draw(down, most, ownLots(own.filter((order) => order.side === 'BUY'), market, true, step));
    drawMiddle();
  }

  function drawMiddle() {
    const { bid, ask, last } = desk;
    setText(middle, last ? market.price(last) : '–');
    setText(spread, bid && ask ? `Spread ${market.price(ask.minus(bid))}` : ask ? 'No buyers' : bid ? 'No sellers' : desk.book.isReady ? 'Nobody here yet' : '');
  }

  const observer = new ResizeObserver(() => {
    const rowHeight = bids.element.firstElementChild.offsetHeight || 20;
    const room = rows.clientHeight - middleRow.offsetHeight;
    const count = Math.max(ROWS_MIN, Math.min(ROWS_MAX, Math.floor(room / 2 / rowHeight)));
    asks.resize(count);
    bids.resize(count);
    beforePaint(draw);
  });
  observer.observe(rows);
  scope.add(() => observer.disconnect());
  scope.add(desk.watch(draw));
  scope.add(desk.tape.watch(drawMiddle));
  scope.add(account.watch(draw));
  return element;
}

/** One side of the book: rows that stay, whose contents change. */
function side(desk, name) {
  const { market } = desk;
  const isAsk = name === 'SELL';
  const element = h('div', { class: `book-side ${isAsk ? 'asks' : 'bids'}`, role: 'group', 'aria-label': isAsk ? 'Sellers' : 'Buyers', onkeydown: move });
  let rows = [];

  function makeRow() {
    const price = h('span', { class: 'price' });
    const amount = h('span', { class: 'amount' });
    const total = h('span', { class: 'total' });
    const row = { price, amount, total, shown: null };
    row.element = h('button', { type: 'button', class: 'book-row', tabindex: '-1', onclick: () => {
      if (row.shown) desk.pick(market.priceOf(row.shown.ticks), isAsk ? 'BUY' : 'SELL');
    } }, price, amount, total);
    return row;
  }

  function resize(count) {
    if (rows.length === count) return;
    rows = Array.from({ length: count }, makeRow);
    rows[0].element.tabIndex = 0;
    // The best price is next to the middle, so the sellers' rows stand on their heads.
    element.replaceChildren(...(isAsk ? rows.toReversed() : rows).map((row) => row.element));
  }

  function draw(levels, most, own) {
    rows.forEach((row, at) => {
      const level = levels[at] ?? null;
      row.shown = level;
      setText(row.price, level ? market.price(market.priceOf(level.ticks)) : '');
      setText(row.amount, level ? market.quantity(market.quantityOf(level.lots)) : '');
      setText(row.total, level ? market.quantity(market.quantityOf(level.total)) : '');
      const mine = level ? own.get(level.ticks) : undefined;
      setClass(row.element, `book-row${level ? '' : ' blank'}${mine ? ' own' : ''}`);
      const title = mine ? `Your orders here: ${market.quantity(market.quantityOf(mine))} ${market.base}` : '';
      if (row.element.title !== title) row.element.title = title;
      row.element.style.setProperty('--part', level ? (Number(level.total * 1000n / most) / 1000).toFixed(3) : '0');
    });
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...element.children];
    const at = buttons.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = buttons[Math.max(0, Math.min(buttons.length - 1, at + step))];
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  resize(ROWS_MIN);
  return { element, resize, draw, get count() { return rows.length; } };
}
