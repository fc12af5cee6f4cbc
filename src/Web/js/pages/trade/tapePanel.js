import { h, setClass, setText } from '../../components/dom.js';
import { clock } from '../../money/format.js';

const ROWS = 40;

/** The trades as they happen, the newest on top. */
export function tapePanel(desk, scope) {
  const { market } = desk;
  const rows = Array.from({ length: ROWS }, () => {
    const price = h('span', { class: 'price' });
    const amount = h('span', { class: 'amount' });
    const time = h('span', { class: 'time' });
    const row = { price, amount, time, trade: null };
    row.element = h('li', { class: 'tape-row blank', onclick: () => row.trade && desk.pick(row.trade.price) }, price, amount, time);
    return row;
  });
  const nothing = h('p', { class: 'empty', hidden: true }, 'No trades yet.');
  const list = h('ol', { class: 'tape-rows', tabindex: '0', 'aria-label': 'Latest trades, the newest first' }, rows.map((row) => row.element));

  scope.add(desk.tape.watch(() => {
    nothing.hidden = desk.trades.length > 0;
    rows.forEach((row, at) => {
      const trade = desk.trades[at] ?? null;
      if (row.trade === trade) return;
      row.trade = trade;
      setText(row.price, trade ? market.price(trade.price) : '');
      setText(row.amount, trade ? market.quantity(trade.quantity) : '');
      setText(row.time, trade ? clock(trade.time) : '');
      setClass(row.element, `tape-row ${trade ? (trade.side === 'BUY' ? 'buy' : 'sell') : 'blank'}`);
    });
  }));
  return h('section', { class: 'panel tape', 'aria-label': 'Trades' },
    h('header', { class: 'panel-head' }, h('h2', null, 'Trades')),
    h('div', { class: 'book-head', 'aria-hidden': 'true' },
      h('span', null, `Price ${market.quote}`), h('span', null, `Amount ${market.base}`), h('span', null, 'Time')),
    list, nothing);
}
