import * as exchange from '../../api/exchange.js';
import { openDialog } from '../../components/dialog.js';
import { h, replace } from '../../components/dom.js';
import { moment } from '../../money/format.js';
import { markets } from '../../state/markets.js';
import { readOrder, readPastPosition, readTrade } from '../../state/read.js';
import { explainError } from '../../words/errors.js';
import { orderStory } from '../../words/why.js';
import { positionStory } from '../../words/whyPosition.js';

/** Why an order filled, or did not: its history in words. */
export async function openOrderStory(order) {
  const market = markets.find(order.symbol);
  const body = h('div', { class: 'story' }, h('p', { class: 'lead' }, 'Reading its history…'));
  openDialog(`Why did this ${order.side === 'BUY' ? 'purchase' : 'sale'} fill, or not?`, body);
  const [fills, fresh] = await Promise.all([
    exchange.myTrades(order.symbol, { orderId: order.orderId }).then((page) => page.trades.map(readTrade)).catch(() => []),
    exchange.order(order.symbol, order.orderId).then(readOrder).catch(() => order),
  ]);
  const ticker = markets.ticker(order.symbol);
  showStory(body, orderStory(fresh, fills, market, {
    bid: ticker?.bid.sign > 0 ? ticker.bid : null, ask: ticker?.ask.sign > 0 ? ticker.ask : null, isStale: markets.feed(market).isStale,
  }));
}

/** Why a position ended, or what would end it. */
export async function openPositionStory(positionId) {
  const body = h('div', { class: 'story' }, h('p', { class: 'lead' }, 'Reading its history…'));
  openDialog('What happened to this position?', body);
  try {
    const position = readPastPosition(await exchange.pastPosition(positionId));
    showStory(body, positionStory(position, markets.find(position.symbol)));
  } catch (error) {
    replace(body, h('p', { class: 'problem' }, explainError(error)));
  }
}

const timeOf = (at) => h('time', { datetime: new Date(at).toISOString() }, moment(at));

function showStory(body, story) {
  replace(body,
    h('p', { class: 'story-headline' }, story.headline),
    h('ol', { class: 'story-events' }, story.events.map(({ at, text }) => h('li', null, at && timeOf(at), h('span', null, text)))),
    story.outlook && h('p', { class: 'story-outlook' }, h('b', null, 'What now? '), story.outlook));
}
