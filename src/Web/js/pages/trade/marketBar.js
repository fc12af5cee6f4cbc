import { h, setClass, setText } from '../../components/dom.js';
import { compact, percent, tone } from '../../money/format.js';
import { goTo } from '../../router.js';
import { markets } from '../../state/markets.js';

/** The market, its price and its last 24 hours, in one line. */
export function marketBar(desk, scope) {
  const { market } = desk;
  const choose = h('select', { class: 'market-select', 'aria-label': 'Market', onchange: () => goTo(`/trade/${choose.value}`) },
    markets.all.map((each) => h('option', { value: each.symbol }, each.title)));
  choose.value = market.symbol;
  const last = h('span', { class: 'last number' }, '–');
  const facts = [
    ['24 h change', (ticker) => [percent(ticker.changePercent), tone(ticker.changePercent)]],
    ['24 h high', (ticker) => [market.price(ticker.high)]],
    ['24 h low', (ticker) => [market.price(ticker.low)]],
    ['24 h volume', (ticker) => [`${compact(ticker.quoteVolume)} ${market.quote}`]],
  ].map(([title, read]) => ({ read, value: h('dd', { class: 'number' }, '–'), title }));
  const feed = h('span', { class: 'feed' });
  const element = h('header', { class: 'market-bar' },
    h('h1', { class: 'visually-hidden' }, `Trade ${market.title}`),
    choose, last,
    h('dl', { class: 'facts' }, facts.map(({ title, value }) => h('div', null, h('dt', null, title), value))),
    feed);

  let before = null;
  const showLast = () => {
    const price = desk.last;
    if (!price) return;
    const text = market.price(price);
    if (before && !price.equals(before)) setClass(last, `last number ${price.isAbove(before) ? 'up' : 'down'}`);
    before = price;
    setText(last, text);
    document.title = `${text} ${market.title} · Orleans Exchange`;
  };
  scope.add(desk.tape.watch(showLast));
  scope.add(markets.watch(() => {
    showLast();
    const state = markets.feed(desk.market);
    setText(feed, state.text);
    setClass(feed, `feed ${state.tone}`);
    const ticker = markets.ticker(market.symbol);
    if (!ticker || ticker.last.sign <= 0) return;
    for (const { read, value } of facts) {
      const [text, kind] = read(ticker);
      setText(value, text);
      setClass(value, `number ${kind ?? ''}`);
    }
  }));
  return element;
}
