import { h } from '../../components/dom.js';
import { markets } from '../../state/markets.js';
import { accountTabs } from './accountTabs.js';
import { bookPanel } from './bookPanel.js';
import { chartPanel } from './chartPanel.js';
import { Desk } from './desk.js';
import { listenToKeys } from './keys.js';
import { LAST_KEY } from './last.js';
import { marketBar } from './marketBar.js';
import { tapePanel } from './tapePanel.js';
import { ticketPanel } from './ticket.js';

export function show(main, scope, symbol) {
  const market = markets.find(symbol.toUpperCase());
  if (!market) {
    document.title = 'No such market · Orleans Exchange';
    main.append(h('div', { class: 'sheet' }, h('h1', null, `There is no market ${symbol}`), h('p', null, h('a', { href: '/' }, 'All markets'))));
    return;
  }
  localStorage.setItem(LAST_KEY, market.symbol);
  document.title = `${market.title} · Orleans Exchange`;
  main.className = 'trade-page';
  const desk = new Desk(market, scope);
  const ticket = ticketPanel(desk, scope);
  const tabs = accountTabs(desk, scope);
  scope.on(desk.picks, 'price', () => ticket.showSpot());

  const jump = (side) => () => {
    ticket.showSpot();
    ticket.spot.choose(side);
    document.getElementById('ticket').scrollIntoView({ block: 'start' });
    ticket.spot.focus('quantity');
  };
  main.append(
    marketBar(desk, scope),
    chartPanel(desk, scope),
    bookPanel(desk, scope),
    tapePanel(desk, scope),
    ticket.element,
    tabs.element,
    h('div', { class: 'quick' },
      h('button', { type: 'button', class: 'button buy', onclick: jump('BUY') }, `Buy ${market.base}`),
      h('button', { type: 'button', class: 'button sell', onclick: jump('SELL') }, `Sell ${market.base}`)));
  listenToKeys(desk, scope, ticket, tabs);
}
