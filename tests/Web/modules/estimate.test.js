import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../../src/Web/js/money/decimal.js';
import { feeOf, liquidationPrice, openPosition, profitAt, walk } from '../../../src/Web/js/money/estimate.js';
import { bitcoin } from './markets.js';

const levels = (...pairs) => pairs.map(([price, quantity]) => ({ price: decimal(price), quantity: decimal(quantity) }));
const asks = levels(['100', '1'], ['101', '2'], ['105', '1']);

test('A purchase walks the sellers from the cheapest on', () => {
  const would = walk(bitcoin(), asks, { quantity: decimal('2') });
  assert.equal(would.quantity.toString(), '2');
  assert.equal(would.notional.toString(), '201');
  assert.equal(would.average.toString(), '100.5');
  assert.equal(would.worst.toString(), '101');
  assert.ok(would.isComplete);
});

test('A limit stops the walk', () => {
  const would = walk(bitcoin(), asks, { quantity: decimal('4'), accepts: (price) => !price.isAbove(decimal('101')) });
  assert.equal(would.quantity.toString(), '3');
  assert.ok(!would.isComplete);
});

test('An amount buys what it can, in whole lots', () => {
  const would = walk(bitcoin(), asks, { quoteAmount: decimal('150') });
  assert.equal(would.quantity.toString(), '1.49504');
  assert.equal(would.notional.toString(), '149.99904');
  assert.ok(would.isComplete);
});

test('An amount that is more than there is to buy is not used up', () => {
  const would = walk(bitcoin(), asks, { quoteAmount: decimal('1000') });
  assert.equal(would.quantity.toString(), '4');
  assert.ok(!would.isComplete);
});

test('An empty book fills nothing', () => {
  const would = walk(bitcoin(), [], { quantity: decimal('1') });
  assert.ok(would.quantity.isZero);
  assert.equal(would.average, null);
});

test('A fee is rounded up', () => {
  assert.equal(feeOf(decimal('0.00001'), 10, 8).toString(), '0.00000001');
  assert.equal(feeOf(decimal('100.01'), 10, 2).toString(), '0.11');
  assert.ok(feeOf(decimal('0'), 10, 8).isZero);
});

test('A short of 100x entered at 235.95 is liquidated at 238.3095', () => {
  const market = bitcoin();
  const [entry, margin] = [decimal('235.95'), decimal('5000')];
  const notional = margin.times(decimal('100'));
  const quantity = notional.dividedBy(entry, 30);
  assert.equal(liquidationPrice(market, 'SHORT', quantity, quantity.times(entry), margin).toString(), '238.3095');
});

test('Maintenance margin brings the liquidation nearer', () => {
  const [quantity, notional, margin] = [decimal('10'), decimal('1000'), decimal('100')];
  assert.equal(liquidationPrice(bitcoin(), 'LONG', quantity, notional, margin).toString(), '90');
  assert.equal(liquidationPrice(bitcoin({ maintenanceBps: 100 }), 'LONG', quantity, notional, margin).toString(), '90.9091');
  assert.equal(liquidationPrice(bitcoin({ maintenanceBps: 100 }), 'SHORT', quantity, notional, margin).toString(), '108.9108');
});

test('A long without leverage cannot be liquidated', () => {
  assert.equal(liquidationPrice(bitcoin(), 'LONG', decimal('1'), decimal('100'), decimal('100')), null);
});

test('A position is estimated from margin times leverage', () => {
  const would = openPosition(bitcoin({ entryFeeBps: 10 }), asks, 'LONG', decimal('30'), decimal('5'));
  assert.equal(would.quantity.toString(), '1.49504');
  assert.equal(would.fee.toString(), '0.14999904');
  assert.equal(would.liquidation.toString(), '80.2648');
  assert.equal(openPosition(bitcoin(), [], 'LONG', decimal('30'), decimal('5')), null);
});

test('Profit follows the price, for a short the other way round', () => {
  const position = { direction: 'LONG', entryPrice: decimal('100'), quantity: decimal('2') };
  assert.equal(profitAt(position, decimal('101.5')).toString(), '3');
  assert.equal(profitAt({ ...position, direction: 'SHORT' }, decimal('101.5')).toString(), '-3');
});
