import assert from 'node:assert/strict';
import { test } from 'node:test';
import { group, groupSteps, ownLots } from '../../../src/Web/js/book/grouping.js';
import { LocalBook } from '../../../src/Web/js/book/localBook.js';
import { decimal } from '../../../src/Web/js/money/decimal.js';
import { bitcoin } from './markets.js';

const snapshot = (u, b, a) => ({ e: 'depthSnapshot', u, b, a });
const increment = (U, u, b, a = []) => ({ e: 'depth', U, u, b, a });
const prices = (levels) => levels.map(({ ticks }) => Number(ticks) / 100);

function book() {
  const made = new LocalBook(bitcoin());
  assert.ok(made.apply(snapshot(7, [['100', '1'], ['99.5', '2']], [['100.5', '1'], ['101', '3']])));
  return made;
}

test('A snapshot is the whole book, the best first', () => {
  const { bids, asks } = book();
  assert.deepEqual(prices(bids), [100, 99.5]);
  assert.deepEqual(prices(asks), [100.5, 101]);
});

test('Increments add, change and remove levels', () => {
  const local = book();
  assert.ok(local.apply(increment(8, 9, [['100.2', '4'], ['100', '0.5'], ['99.5', '0']], [['100.4', '1']])));
  assert.deepEqual(local.bids, [{ ticks: 10020n, lots: 400000n }, { ticks: 10000n, lots: 50000n }]);
  assert.deepEqual(prices(local.asks), [100.4, 100.5, 101]);
});

test('What is known already changes nothing', () => {
  const local = book();
  assert.ok(local.apply(increment(5, 7, [['100', '0']])));
  assert.deepEqual(prices(local.bids), [100, 99.5]);
});

test('After a gap the book is empty until the next snapshot', () => {
  const local = book();
  assert.ok(!local.apply(increment(9, 9, [['98', '1']])));
  assert.ok(!local.isReady);
  assert.equal(local.bestBid, null);
  assert.ok(!local.apply(increment(10, 10, [['98', '1']])));
  assert.ok(local.apply(snapshot(20, [['98', '1']], [])));
  assert.deepEqual(prices(local.bids), [98]);
});

test('Removing what is not there is no change', () => {
  const local = book();
  assert.ok(local.apply(increment(8, 8, [['42', '0']])));
  assert.deepEqual(prices(local.bids), [100, 99.5]);
});

test('A thousand random increments end with the book of a plain map', () => {
  const seed = 7;
  let state = seed;
  const random = (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const local = book();
  const plain = new Map([['100', 100000n], ['99.5', 200000n]]);
  for (let u = 8; u < 1008; u++) {
    const price = decimal(String(9000 + random(1500))).dividedBy(decimal('100'), 2).toString();
    const quantity = random(4);
    if (quantity === 0) plain.delete(price);
    else plain.set(price, BigInt(quantity) * 100000n);
    local.apply(increment(u, u, [[price, String(quantity)]]));
  }
  const expected = [...plain].map(([price, lots]) => ({ ticks: bitcoin().ticksIn(price), lots })).sort((a, b) => Number(b.ticks - a.ticks));
  assert.deepEqual(local.bids, expected, `seed ${seed}`);
});

const level = (ticks, lots) => ({ ticks, lots });

test('Groups of buyers go down and groups of sellers go up', () => {
  const bids = group([level(1009n, 1n), level(1001n, 2n), level(999n, 4n)], true, 10n, 5);
  assert.deepEqual(bids.map(({ ticks, lots, total }) => [ticks, lots, total]), [[1000n, 3n, 3n], [990n, 4n, 7n]]);
  const asks = group([level(1011n, 1n), level(1020n, 2n), level(1021n, 4n)], false, 10n, 5);
  assert.deepEqual(asks.map(({ ticks, lots, total }) => [ticks, lots, total]), [[1020n, 3n, 3n], [1030n, 4n, 7n]]);
});

test('A group is whole even where it is the last that is shown', () => {
  const rows = group([level(109n, 1n), level(101n, 2n), level(99n, 4n)], true, 10n, 1);
  assert.deepEqual(rows.map(({ ticks, total }) => [ticks, total]), [[100n, 3n]]);
});

test('Steps fit the price', () => {
  assert.deepEqual(groupSteps(6_184_529n).map(String), ['1', '10', '50', '100', '500', '1000', '5000', '10000']);
  assert.deepEqual(groupSteps(100n).map(String), ['1']);
});

test('Own orders are found in the group they fall into, with what is left of them', () => {
  const order = (price, quantity, executedQuantity) => ({ price: decimal(price), quantity: decimal(quantity), executedQuantity: decimal(executedQuantity) });
  const own = ownLots([order('100.07', '1', '0.25'), order('100.01', '0.5', '0')], bitcoin(), true, 10n);
  assert.deepEqual([...own], [[10000n, 125000n]]);
});
