import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../../src/Web/js/money/decimal.js';
import { checkPosition, estimatePosition, positionBody } from '../../../src/Web/js/pages/trade/positionDraft.js';
import { bitcoin } from './markets.js';

const d = decimal;
const rich = d('1000000');
const none = { value: null, isEmpty: true };
const at = (price) => ({ value: d(price), isEmpty: false });
const desk = {
  market: bitcoin({ entryFeeBps: 10 }), bid: d('99'), ask: d('100'), last: d('100'),
  levelsFor: (side) => (side === 'BUY' ? [['100', '1'], ['101', '2']] : [['99', '1']]).map(([price, quantity]) => ({ price: d(price), quantity: d(quantity) })),
};
const draft = (fields) => ({
  direction: 'LONG', waits: false, triggerPrice: null, margin: d('10'), leverage: d('5'), stopLoss: none, takeProfit: none, trailing: none, trailingUnit: 'percent', ...fields,
});
const later = (triggerPrice, fields) => draft({ waits: true, triggerPrice: d(triggerPrice), ...fields });
const refused = (fields, available = rich) => checkPosition(desk, fields, available);

test('A position that opens now says nothing of a trigger', () => {
  assert.deepEqual(positionBody(desk, draft({ triggerPrice: d('90'), stopLoss: at('95'), trailing: at('2.5') })),
    { market: 'BTC_USDT', direction: 'LONG', margin: '10', leverage: '5', stopLoss: '95', trailBps: 250 });
  assert.deepEqual(positionBody(desk, draft({ trailing: at('2.5'), trailingUnit: 'price' })).trailDistance, '2.5');
});

test('Which way its price has to go is said as it is seen: a long watches the ask, a short the bid', () => {
  const way = (direction, trigger) => positionBody(desk, later(trigger, { direction })).triggerDirection;
  assert.deepEqual([way('LONG', '101'), way('LONG', '99.5'), way('SHORT', '99.5'), way('SHORT', '98')], ['RISING', 'FALLING', 'RISING', 'FALLING']);
  assert.equal(positionBody(desk, later('101')).triggerPrice, '101');
  assert.equal(positionBody({ ...desk, ask: null }, later('101')).triggerDirection, undefined);
});

test('One that waits is estimated as if the market stood at its trigger', () => {
  const would = estimatePosition(desk, later('50'));
  assert.deepEqual([would.average.toString(), would.quantity.toString(), would.fee.toString()], ['50', '1', '0.05']);
  assert.equal(would.liquidation.toString(), '40');
  assert.equal(estimatePosition(desk, draft({})).quantity.toString(), '0.5');
  assert.equal(estimatePosition(desk, later('50', { triggerPrice: null })), null);
});

test('A trigger price is one that the market can have and does not have yet', () => {
  assert.deepEqual(refused(later('90', { triggerPrice: null })), { field: 'triggerPrice', text: 'Enter a price.' });
  assert.match(refused(later('90.001')).text, /steps of 0\.01/);
  assert.match(refused(later('100')).text, /there already/);
  assert.match(refused(later('99', { direction: 'SHORT' })).text, /there already/);
  assert.equal(refused(later('99')), null);
});

test('Levels lie around the price, or around the trigger where it waits', () => {
  assert.match(refused(draft({ stopLoss: at('100') })).text, /below the price/);
  assert.equal(refused(later('120', { stopLoss: at('110') })), null);
  assert.match(refused(later('120', { stopLoss: at('125') })).text, /below the trigger price/);
  assert.match(refused(later('120', { takeProfit: at('110') })).text, /above the trigger price/);
  assert.match(refused(later('90', { direction: 'SHORT', stopLoss: at('80') })).text, /above the trigger price/);
  assert.match(refused(later('120', { stopLoss: at('90') })).text, /liquidated before/);
  assert.equal(refused(draft({ trailing: { value: null, isEmpty: false } })).field, 'trailing');
});

test('Margin and fee have to be there', () => {
  assert.equal(refused(draft({ margin: null })).field, 'margin');
  assert.equal(refused(draft({ leverage: d('101') })).field, 'leverage');
  assert.match(refused(draft({}), d('10')).text, /You have 10 USDT, for margin and fee together\./);
  assert.equal(refused(draft({}), d('10.05')), null);
  assert.match(refused(later('90', { margin: d('0.00001') })).text, /too little/);
});
