import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../../src/Web/js/api/http.js';
import { explainError } from '../../../src/Web/js/words/errors.js';
import { feedState } from '../../../src/Web/js/words/feed.js';
import { noticeText } from '../../../src/Web/js/words/notice.js';
import { bitcoin, shares } from './markets.js';

const notice = (kind, fields) => noticeText({ kind, data: { message: 'As the exchange says it.', direction: 'SHORT', closePrice: '69492.7162', netProfit: '-13.4484007', asset: 'USDT', ...fields } }, bitcoin());

test('A notification has the market’s own places', () => {
  assert.equal(notice('POSITION_STOP_LOSS'), 'Stop loss closed your short BTC/USDT at 69,492.72: −13.45 USDT.');
  assert.equal(notice('POSITION_LIQUIDATED', { direction: 'LONG' }), 'Liquidated: your long BTC/USDT at 69,492.72: −13.45 USDT.');
});

test('What this page does not know is said as the exchange says it', () => {
  assert.equal(notice('SETTLEMENT_DELAYED'), 'As the exchange says it.');
  assert.equal(noticeText({ kind: 'POSITION_CLOSED', data: { message: 'Elsewhere.' } }, null), 'Elsewhere.');
});

test('Only live prices count as live', () => {
  const state = (name) => feedState(bitcoin(), { feed: { state: name, reason: 'silent for 4000 ms' } });
  assert.deepEqual(state('live'), { text: 'Live', tone: 'on', isStale: false, why: 'silent for 4000 ms' });
  for (const name of ['stale', 'resynchronising', 'down']) assert.ok(state(name).isStale, name);
  assert.equal(feedState(shares(), null).text, 'Users only');
});

test('A halt is said before anything about prices', () => {
  const market = bitcoin();
  market.status = 'HALTED';
  assert.equal(feedState(market, { feed: { state: 'down' } }).text, 'Halted');
});

test('Known refusals are said to a person, others as the exchange says them', () => {
  assert.match(explainError(new ApiError(409, 'NO_LIQUIDITY', 'x'), { side: 'BUY' }), /Nobody sells here/);
  assert.match(explainError(new ApiError(409, 'NO_LIQUIDITY', 'x'), { side: 'SELL' }), /Nobody buys here/);
  assert.equal(explainError(new ApiError(400, 'SOMETHING', 'The exchange’s own words.')), 'The exchange’s own words.');
});
