import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../../src/Web/js/money/decimal.js';
import { checkSpot, estimateSpot, spotBody } from '../../../src/Web/js/pages/trade/spotOrder.js';
import { bitcoin } from './markets.js';

const desk = {
  market: bitcoin(), bid: decimal('99'), ask: decimal('100'), last: decimal('100'),
  levelsFor: (side) => (side === 'BUY' ? [['100', '1'], ['101', '2']] : [['99', '1']]).map(([price, quantity]) => ({ price: decimal(price), quantity: decimal(quantity) })),
};
const draft = (fields) => ({
  side: 'BUY', type: 'limit', price: null, stopPrice: null, stopLimit: null, quantity: null, quoteAmount: null, isPostOnly: false, timeInForce: 'GTC', trail: null, followFrom: null, followsAtOnce: true, iceberg: null, hasIceberg: false, ...fields,
});
const d = decimal;
const rich = d('1000000');

test('A limit order is sent as it was typed', () => {
  assert.deepEqual(spotBody(desk, draft({ price: d('99.5'), quantity: d('0.2'), timeInForce: 'IOC' })), {
    route: 'placeOrder', body: { market: 'BTC_USDT', side: 'BUY', quantity: '0.2', type: 'LIMIT', price: '99.5', timeInForce: 'IOC' },
  });
});

test('A post-only order has no time in force', () => {
  assert.deepEqual(spotBody(desk, draft({ price: d('99.5'), quantity: d('0.2'), isPostOnly: true })).body,
    { market: 'BTC_USDT', side: 'BUY', quantity: '0.2', type: 'LIMIT_MAKER', price: '99.5' });
});

test('An amount becomes a quantity at the price, but goes to the market as an amount', () => {
  assert.equal(spotBody(desk, draft({ price: d('99.5'), quoteAmount: d('50') })).body.quantity, '0.50251');
  assert.deepEqual(spotBody(desk, draft({ type: 'market', quoteAmount: d('50') })).body, { market: 'BTC_USDT', side: 'BUY', type: 'MARKET', quoteAmount: '50' });
});

test('A stop is a loss or a profit by where the market stands', () => {
  const kind = (side, stopPrice, stopLimit = null) => spotBody(desk, draft({ type: 'stop', side, stopPrice: d(stopPrice), stopLimit, quantity: d('1') })).body.type;
  assert.equal(kind('SELL', '90'), 'STOP_LOSS');
  assert.equal(kind('SELL', '110'), 'TAKE_PROFIT');
  assert.equal(kind('BUY', '110'), 'STOP_LOSS');
  assert.equal(kind('BUY', '90', d('90')), 'TAKE_PROFIT_LIMIT');
});

test('The limit of a pair is above the market to sell and below it to buy', () => {
  assert.deepEqual(spotBody(desk, draft({ type: 'oco', side: 'SELL', price: d('110'), stopPrice: d('90'), stopLimit: d('89'), quantity: d('1') })), {
    route: 'placePair',
    body: { market: 'BTC_USDT', side: 'SELL', quantity: '1', aboveType: 'LIMIT_MAKER', abovePrice: '110', belowType: 'STOP_LOSS_LIMIT', belowStopPrice: '90', belowPrice: '89' },
  });
  const buy = spotBody(desk, draft({ type: 'oco', price: d('90'), stopPrice: d('110'), quantity: d('1') })).body;
  assert.deepEqual([buy.belowType, buy.belowPrice, buy.aboveType, buy.aboveStopPrice], ['LIMIT_MAKER', '90', 'STOP_LOSS', '110']);
});

test('A trailing stop stays behind by whole basis points, from now or from a price on', () => {
  const trailing = (fields) => spotBody(desk, draft({ type: 'trailing', side: 'SELL', trail: d('2.5'), quantity: d('1'), ...fields })).body;
  assert.deepEqual(trailing({}), { market: 'BTC_USDT', side: 'SELL', quantity: '1', type: 'STOP_LOSS', trailingDelta: 250 });
  assert.deepEqual(trailing({ followsAtOnce: false, followFrom: d('110') }),
    { market: 'BTC_USDT', side: 'SELL', quantity: '1', type: 'TAKE_PROFIT', stopPrice: '110', trailingDelta: 250 });
});

test('A trailing stop is estimated where it would fire if the market turned now', () => {
  const rows = (fields) => Object.fromEntries(estimateSpot(desk, draft({ type: 'trailing', quantity: d('1'), trail: d('10'), ...fields })));
  assert.equal(rows({ side: 'SELL' })['Expected average price'], '89.10 USDT');
  assert.equal(rows({ side: 'SELL' })['Waits for'], 'the bid to turn');
  assert.equal(rows({ side: 'BUY' })['Expected average price'], '110.00 USDT');
  assert.equal(rows({ side: 'BUY', followFrom: d('90') })['Expected average price'], '99.00 USDT');
  assert.equal(rows({ side: 'BUY', followFrom: d('90') })['Waits for'], '90.00, then a turn');
});

test('An iceberg shows a part of a limit order', () => {
  const iceberg = { price: d('99'), quantity: d('1'), hasIceberg: true, iceberg: d('0.1') };
  assert.equal(spotBody(desk, draft(iceberg)).body.icebergQuantity, '0.1');
  assert.equal(spotBody(desk, draft({ ...iceberg, isPostOnly: true })).body.icebergQuantity, '0.1');
  assert.equal(spotBody(desk, draft({ ...iceberg, type: 'stop', stopPrice: d('90') })).body.icebergQuantity, undefined);
  const refused = (fields) => checkSpot(desk, draft({ ...iceberg, ...fields }), rich);
  assert.equal(refused({}), null);
  assert.match(refused({ iceberg: d('2') }).text, /more than there is/);
  assert.match(refused({ iceberg: d('0.000001') }).text, /steps of 0\.00001 BTC/);
  assert.match(refused({ quantity: d('10.1') }).text, /at most 100 parts/);
  assert.match(refused({ timeInForce: 'IOC' }).text, /that waits/);
  assert.deepEqual([refused({ iceberg: null }).field, refused({ iceberg: d('0') }).field], ['iceberg', 'iceberg']);
});

test('An estimate says what fills at once and what waits', () => {
  const rows = Object.fromEntries(estimateSpot(desk, draft({ price: d('100'), quantity: d('2') })));
  assert.equal(rows['Fills at once'], '50%');
  assert.equal(rows['Expected average price'], '100.00 USDT');
  assert.equal(rows.Cost, '200.00 USDT');
  assert.equal(rows.Fee, '0.002 BTC');
  assert.equal(Object.fromEntries(estimateSpot(desk, draft({ price: d('99'), quantity: d('2') })))['Fills at once'], 'No, it waits');
  assert.equal(Object.fromEntries(estimateSpot(desk, draft({ type: 'market', quantity: d('2') })))['Expected average price'], '100.50 USDT');
});

test('A draft that lacks something says what', () => {
  const refused = (fields, available = rich) => checkSpot(desk, draft(fields), available);
  assert.deepEqual(refused({ quantity: d('1') }), { field: 'price', text: 'Enter a price.' });
  assert.equal(refused({ price: d('100') }).field, 'quantity');
  assert.match(refused({ price: d('100'), quantity: d('1') }, d('99')).text, /This needs 100 USDT; you have 99\./);
  assert.match(refused({ side: 'SELL', price: d('100'), quantity: d('1') }, d('0.5')).text, /This needs 1 BTC; you have 0\.5\./);
  assert.match(refused({ price: d('100'), quantity: d('0.01') }).text, /at least 5 USDT/);
  assert.equal(refused({ type: 'stop', quantity: d('1') }).field, 'stopPrice');
  for (const trail of [null, d('0'), d('100'), d('0.001')])
    assert.equal(refused({ type: 'trailing', trail, quantity: d('1') }).field, 'trail');
  assert.equal(refused({ type: 'trailing', trail: d('1'), followsAtOnce: false, quantity: d('1') }).field, 'followFrom');
  assert.equal(refused({ type: 'trailing', trail: d('1'), quantity: d('1') }), null);
  assert.match(refused({ type: 'oco', side: 'SELL', price: d('90'), stopPrice: d('110'), quantity: d('1') }).text, /above the market/);
  assert.equal(refused({ price: d('100'), quantity: d('1') }), null);
});
