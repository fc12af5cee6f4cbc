import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../../src/Web/js/money/decimal.js';
import { bitcoin, shares } from './markets.js';

test('Prices and quantities have the places of the market', () => {
  assert.equal(bitcoin().price(decimal('61845.3')), '61,845.30');
  assert.equal(bitcoin().quantity(decimal('0.2')), '0.20000');
  assert.equal(shares().quantity(decimal('12')), '12');
});

test('A price has to be on the ticks and within range', () => {
  const market = bitcoin();
  assert.equal(market.refusePrice(decimal('61845.29')), null);
  assert.match(market.refusePrice(null), /Enter a price/);
  assert.match(market.refusePrice(decimal('0')), /above zero/);
  assert.match(market.refusePrice(decimal('61845.295')), /steps of 0\.01/);
  assert.match(market.refusePrice(decimal('1000000.01')), /1,000,000\.00/);
  assert.match(shares().refusePrice(decimal('100.52')), /steps of 0\.05/);
});

test('A quantity has to be in whole lots and within range', () => {
  const market = bitcoin();
  assert.equal(market.refuseQuantity(decimal('0.00001')), null);
  assert.match(market.refuseQuantity(decimal('0.000001')), /smallest/);
  assert.match(market.refuseQuantity(decimal('0.000015')), /steps/);
  assert.equal(market.refuseQuantity(decimal('101')), null);
  assert.match(market.refuseQuantity(decimal('101'), true), /largest quantity is 100 BTC/);
});

test('An order has to be worth something', () => {
  assert.match(bitcoin().refuseNotional(decimal('4.99')), /at least 5 USDT/);
  assert.equal(bitcoin().refuseNotional(decimal('5')), null);
});

test('Ticks and lots are exact both ways', () => {
  const market = bitcoin();
  assert.equal(market.ticksIn('61845.29'), 6184529n);
  assert.equal(market.lotsIn('1.8134'), 181340n);
  assert.equal(market.priceOf(6184529n).toString(), '61845.29');
  assert.equal(market.quantityOf(181340n).toString(), '1.8134');
});
