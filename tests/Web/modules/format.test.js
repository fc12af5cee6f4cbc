import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../../src/Web/js/money/decimal.js';
import { compact, fixed, percent, percentOf, shortest, signed, tone } from '../../../src/Web/js/money/format.js';

test('Numbers are grouped by thousands before the point only', () => {
  assert.equal(fixed(decimal('1234567.891'), 4), '1,234,567.8910');
  assert.equal(fixed(decimal('-1234.5'), 2), '−1,234.50');
  assert.equal(fixed(decimal('999'), 0), '999');
  assert.equal(shortest(decimal('0.00012300')), '0.000123');
});

test('Large numbers are shortened, small ones are not', () => {
  assert.equal(compact(decimal('9999.99')), '9,999.99');
  assert.equal(compact(decimal('10000')), '10.00K');
  assert.equal(compact(decimal('998168716.8148947')), '998.17M');
  assert.equal(compact(decimal('1234567890123')), '1,234.57B');
});

test('Changes carry their sign', () => {
  assert.equal(signed(decimal('1.5'), 2), '+1.50');
  assert.equal(signed(decimal('-1.5'), 2), '−1.50');
  assert.equal(signed(decimal('0'), 2), '0.00');
  assert.equal(percent(decimal('-0.0204')), '−0.02%');
  assert.deepEqual([tone(decimal('1')), tone(decimal('-1')), tone(decimal('0'))], ['up', 'down', 'flat']);
});

test('A part of nothing has no percentage', () => {
  assert.equal(percentOf(decimal('1'), decimal('0')), null);
  assert.equal(percentOf(decimal('1'), decimal('3'), 1).toString(), '33.3');
});
