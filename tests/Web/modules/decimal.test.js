import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal, decimal } from '../../../src/Web/js/money/decimal.js';

const text = (value) => value.toString();

test('A decimal keeps every digit that it was given', () => {
  for (const written of ['0', '1', '-1', '0.1', '0.00000001', '123456789012345678901234567890.123456789012345']) {
    assert.equal(text(decimal(written)), written);
  }
});

test('Zeros after the last digit do not make another number', () => {
  assert.equal(text(decimal('1.500')), '1.5');
  assert.ok(decimal('1.500').equals(decimal('1.5')));
  assert.equal(text(decimal('-0.0')), '0');
});

test('What is no plain decimal number is refused', () => {
  for (const written of ['', ' ', '.', '1.', '.5', '1e5', '0x10', '1,5', 'NaN', 'Infinity', '１', '1.2.3', '--1', null, undefined]) {
    assert.equal(Decimal.tryParse(written), null, `'${written}'`);
  }
  assert.throws(() => decimal('abc'), RangeError);
  assert.equal(Decimal.orNull(null), null);
  assert.equal(Decimal.orNull(''), null);
});

test('Sums, differences and products are exact where binary numbers are not', () => {
  assert.equal(text(decimal('0.1').plus(decimal('0.2'))), '0.3');
  assert.equal(text(decimal('1').minus(decimal('0.9'))), '0.1');
  assert.equal(text(decimal('1.005').times(decimal('1000'))), '1005');
  assert.equal(text(decimal('-0.00000001').times(decimal('0.00000001'))), '-0.0000000000000001');
});

test('A quotient is cut off where and how the caller says', () => {
  assert.equal(text(decimal('2').dividedBy(decimal('3'), 4, 'down')), '0.6666');
  assert.equal(text(decimal('2').dividedBy(decimal('3'), 4, 'up')), '0.6667');
  assert.equal(text(decimal('2').dividedBy(decimal('3'), 4, 'half')), '0.6667');
  assert.equal(text(decimal('-2').dividedBy(decimal('3'), 4, 'down')), '-0.6666');
  assert.equal(text(decimal('-2').dividedBy(decimal('3'), 4, 'up')), '-0.6667');
  assert.equal(text(decimal('0.3').dividedBy(decimal('0.1'), 0)), '3');
  assert.throws(() => decimal('1').dividedBy(decimal('0'), 2), RangeError);
});

test('Halves are rounded away from zero', () => {
  assert.equal(text(decimal('0.125').round(2)), '0.13');
  assert.equal(text(decimal('-0.125').round(2)), '-0.13');
  assert.equal(text(decimal('0.1249').round(2)), '0.12');
  assert.equal(decimal('1.5').toFixed(0), '2');
  assert.equal(decimal('1.5').toFixed(3), '1.500');
  assert.equal(decimal('-0.004').toFixed(2), '0.00');
});

test('Multiples of a step are found without a rest', () => {
  assert.equal(text(decimal('61795.127').toMultipleOf(decimal('0.01'))), '61795.12');
  assert.equal(text(decimal('61795.125').toMultipleOf(decimal('0.05'), 'half')), '61795.15');
  assert.ok(decimal('0.3').isMultipleOf(decimal('0.1')));
  assert.ok(!decimal('0.35').isMultipleOf(decimal('0.1')));
  assert.equal(decimal('0.3').inUnitsOf(decimal('0.001')), 300n);
});

test('Comparison looks at values, not at how they are written', () => {
  assert.ok(decimal('10').isAbove(decimal('9.99')));
  assert.ok(decimal('-1').isBelow(decimal('-0.5')));
  assert.equal(text(decimal('2').min(decimal('1.0'))), '1');
  assert.equal(text(decimal('2').max(decimal('1.0'))), '2');
  assert.equal(text(decimal('-3').abs()), '3');
  assert.equal(decimal('0.00').sign, 0);
});

test('Arithmetic on random numbers agrees with whole numbers', () => {
  const seed = 20240501;
  const next = randomNumbers(seed);
  for (let i = 0; i < 2_000; i++) {
    const [a, b] = [next(), next()];
    const [x, y] = [new Decimal(a, 6), new Decimal(b, 3)];
    const why = `seed ${seed}, round ${i}: ${x} and ${y}`;
    assert.equal(x.plus(y).minus(y).compare(x), 0, why);
    assert.equal(x.times(y).units * 10n ** BigInt(9 - x.times(y).scale), a * b, why);
    if (b !== 0n) {
      const quotient = x.dividedBy(y, 12, 'down');
      assert.ok(x.minus(quotient.times(y)).abs().isBelow(y.abs().times(new Decimal(1n, 11))) , why);
    }
  }
});

function randomNumbers(seed) {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return (state >> 20n) - (1n << 43n);
  };
}
