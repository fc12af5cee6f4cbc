import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../../src/Web/js/money/decimal.js';
import { readOrder, readPastPosition, readTrade } from '../../../src/Web/js/state/read.js';
import { orderStory } from '../../../src/Web/js/words/why.js';
import { positionStory } from '../../../src/Web/js/words/whyPosition.js';
import { bitcoin, shares } from './markets.js';

const order = (fields) => readOrder({
  orderId: '1', symbol: 'BTC_USDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '60000', quantity: '0.1', quoteAmount: null,
  executedQuantity: '0', executedQuote: '0', status: 'NEW', reason: null, createdAt: 1000, updatedAt: 1000, ...fields,
});
const fill = (fields) => readTrade({ tradeId: '1', orderId: '1', side: 'BUY', isMaker: false, price: '59990', quantity: '0.1', quoteQuantity: '5999', fee: '0.0001', feeAsset: 'BTC', time: 2000, ...fields });
const now = { bid: decimal('61000'), ask: decimal('61000.5'), isStale: false };
const story = (fields, fills = [], at = now, market = bitcoin()) => orderStory(order(fields), fills, market, at);

test('An order that waits is told how far the market is away', () => {
  const { headline, events, outlook } = story({});
  assert.equal(headline, 'It has not filled yet: it waits in the book.');
  assert.deepEqual(events, [{ at: 1000, text: 'You asked to buy 0.1 BTC at 60,000.00 USDT or less, waiting as long as it takes.' }]);
  assert.equal(outlook, 'The cheapest seller asks 61,000.50 USDT. The market has to fall by 1,000.50 USDT (1.64%) to reach you. At your price, those who came before you are served first.');
});

test('A sale waits for the market to rise', () => {
  assert.match(story({ side: 'SELL', price: '62000' }).outlook, /^The best buyer bids 61,000\.00 USDT\. The market has to rise by 1,000\.00 USDT \(1\.639%\)/);
});

test('Where nobody is on the other side, that is why', () => {
  assert.equal(story({}, [], { ask: null, bid: null }, shares()).outlook, 'There are no sellers at the moment. It fills when somebody comes to your price.');
});

test('A halted market and stale prices are told before any distance', () => {
  const halted = bitcoin();
  halted.status = 'HALTED';
  assert.match(story({}, [], now, halted).outlook, /halted/);
  assert.match(story({}, [], { ...now, isStale: true }).outlook, /too old to trade on/);
});

test('A fill against waiting sellers says whose price it was', () => {
  const { headline, events, outlook } = story({ status: 'FILLED', executedQuantity: '0.1', executedQuote: '5999' }, [fill({})]);
  assert.equal(headline, 'It filled completely, at 59,990.00 USDT on average.');
  assert.equal(events[1].text, '0.1 BTC at 59,990.00 USDT: sellers were already waiting there, so you took their price, better than the 60,000.00 USDT you allowed. The fee was 0.0001 BTC.');
  assert.equal(outlook, null);
});

test('A fill of an order that waited says that somebody came', () => {
  const { events } = story({ side: 'SELL', status: 'FILLED', executedQuantity: '0.1', executedQuote: '6000' }, [fill({ isMaker: true, side: 'SELL', price: '60000', fee: '0' })]);
  assert.equal(events[1].text, '0.1 BTC at 60,000.00 USDT: your order stood in the book and somebody bought at your price.');
});

test('Fills are told in the order of time', () => {
  const { events } = story({ status: 'FILLED', executedQuantity: '0.2', executedQuote: '12000' }, [fill({ time: 3000 }), fill({ time: 2000, tradeId: '2' })]);
  assert.deepEqual(events.map(({ at }) => at), [1000, 2000, 3000]);
});

test('An order in parts says which part filled', () => {
  assert.match(story({ status: 'PARTIALLY_FILLED', executedQuantity: '0.025', executedQuote: '1500' }).headline, /0\.025 BTC \(25%\)/);
});

test('Every reason of an end has words', () => {
  const told = (fields) => story({ status: 'EXPIRED', ...fields }).headline;
  assert.equal(story({ status: 'CANCELED', reason: 'CANCELLED_BY_USER' }).headline, 'It did not fill: you cancelled it.');
  assert.match(told({ timeInForce: 'IOC', reason: 'REMAINDER_EXPIRED' }), /no more sellers were within your price/);
  assert.match(told({ timeInForce: 'FOK', reason: 'FILL_OR_KILL_UNFILLED' }), /not enough sellers within your price/);
  assert.match(told({ type: 'MARKET', price: null, reason: 'REMAINDER_EXPIRED' }), /nothing more to trade against/);
  assert.match(told({ type: 'MARKET', price: null, reason: 'PROTECTION_PRICE_REACHED' }), /too far from where the market was/);
  assert.match(told({ reason: 'SELF_TRADE' }), /another order of your own/);
  assert.match(told({ reason: 'PAIR_DONE' }), /other order of the pair/);
  assert.match(told({ reason: 'SOMETHING_NEW' }), /something new\./);
  assert.match(told({ reason: null }), /no reason was recorded/);
});

test('A stop says what it waits for, and afterwards that it was reached', () => {
  const stop = { side: 'SELL', type: 'STOP_LOSS_LIMIT', stopPrice: '59000', price: '58900', triggeredAt: null };
  const waiting = story(stop);
  assert.equal(waiting.headline, 'It has not filled yet: it waits for the price to fall to 59,000.00 USDT.');
  assert.equal(waiting.events[0].text, 'You asked to sell 0.1 BTC once the price falls to 59,000.00 USDT, then at 58,900.00 USDT or more.');
  assert.equal(waiting.outlook, 'The best bid is 61,000.00 USDT. It has to fall by 2,000.00 USDT (3.279%) for this to fire.');
  const fired = story({ ...stop, triggeredAt: 1500 });
  assert.equal(fired.events[1].text, 'The price was reached, and the order went to the market.');
  assert.equal(fired.headline, 'It has not filled yet: it waits in the book.');
});

test('A take profit waits on the other side, a trailing stop behind the market', () => {
  assert.match(story({ side: 'SELL', type: 'TAKE_PROFIT', stopPrice: '65000', price: null }).headline, /rise to 65,000\.00/);
  assert.match(story({ side: 'BUY', type: 'STOP_LOSS', stopPrice: '65000', price: null }).headline, /rise to 65,000\.00/);
  const trailing = story({ side: 'SELL', type: 'STOP_LOSS', stopPrice: null, trailingDelta: 150, price: null });
  assert.match(trailing.headline, /turn back by 1\.5% from its best since/);
  assert.equal(trailing.outlook, 'It follows the best bid, which is 61,000.00 USDT now.');
});

const position = (fields) => readPastPosition({
  positionId: '9', symbol: 'BTC_USDT', direction: 'LONG', status: 'STOP_LOSS', cause: 'STOP_LOSS', leverage: '25', quantity: '0.4', entryPrice: '61840.93', margin: '1000',
  stopLoss: '61800', takeProfit: null, liquidationPrice: '59367.27', level: '61800', reachedPrice: '61799.5', closedQuantity: '0.4', closePrice: '61799',
  profit: '-16.77', fees: '0', funding: '0', totalReturn: '983.23', netProfit: '-16.77', asset: 'USDT', openedAt: 1000, closedAt: 5000, ...fields,
});

test('A position closed by its stop loss tells the level, the price and the money', () => {
  const { headline, events, outlook } = positionStory(position({}), bitcoin());
  assert.equal(headline, 'Its stop loss closed it, and cost 16.77 USDT (−1.7% of the margin).');
  assert.equal(events[0].text, 'You put in 1,000.00 USDT at 25× on prices to rise: 0.4 BTC, entered at 61,840.93 USDT on average.');
  assert.equal(events[1].text, 'The price reached the stop loss at 61,800.00 USDT. The price went past it to 61,799.50 USDT in one step. '
    + 'It was left at 61,799.00 USDT on average: −16.77 USDT before fees. 983.23 USDT came back to your account.');
  assert.equal(outlook, null);
});

test('Each cause of an end has its words', () => {
  const told = (fields) => { const { headline, events } = positionStory(position(fields), bitcoin()); return `${headline} ${events.at(-1).text}`; };
  assert.match(told({ status: 'TAKE_PROFIT', cause: 'TAKE_PROFIT', netProfit: '20', level: '62000', reachedPrice: '62000' }), /^Its take profit closed it, and brought 20\.00 USDT \(\+2\.0% .*reached the take profit at 62,000\.00 USDT\. It was left/);
  assert.match(told({ status: 'LIQUIDATED', cause: 'LIQUIDATION', netProfit: '-1000' }), /^It was liquidated, and cost 1,000\.00 USDT/);
  assert.match(told({ status: 'TRAILING_STOP', cause: 'TRAILING_STOP' }), /turned back to the trailing stop/);
  assert.match(told({ status: 'EXPIRED', cause: 'EXPIRY' }), /Its time was over/);
  assert.match(told({ status: 'CLOSED', cause: 'USER' }), /^You closed it/);
  assert.match(told({ status: 'CLOSED', cause: 'OPERATOR' }), /An operator/);
});

test('An open position tells what would end it', () => {
  const open = positionStory(position({ status: 'OPEN', cause: null, closedAt: null, closedQuantity: '0.1', netProfit: null, level: null, reachedPrice: null }), bitcoin());
  assert.equal(open.headline, 'It is open.');
  assert.equal(open.events[1].text, '0.1 BTC of it are closed already.');
  assert.equal(open.outlook, 'It ends at its stop loss at 61,800.00 USDT, liquidation at 59,367.27 USDT, or when you close it.');
});
