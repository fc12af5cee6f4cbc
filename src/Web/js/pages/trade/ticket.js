import { h } from '../../components/dom.js';
import { tabs } from '../../components/tabs.js';
import { positionTicket } from './positionTicket.js';
import { spotTicket } from './spotTicket.js';

/** Where orders are made: coins for money, or a position with leverage. */
export function ticketPanel(desk, scope) {
  const spot = spotTicket(desk, scope);
  const items = [{ key: 'spot', title: 'Spot', show: (panel) => { panel.append(spot.element); } }];
  if (desk.market.hasPositions) {
    const position = positionTicket(desk, scope);
    items.push({ key: 'position', title: `Leverage ${desk.market.maxLeverage}×`, show: (panel) => { panel.append(position.element); } });
  }
  const choice = tabs('Kind of trade', items, { className: 'ticket-tabs' });
  choice.show('spot');
  return {
    element: h('section', { class: 'panel ticket', id: 'ticket', 'aria-label': 'Order ticket' }, choice.element),
    spot,
    showSpot: () => choice.show('spot'),
  };
}
