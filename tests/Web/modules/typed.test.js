import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTyped } from '../../../src/Web/js/money/typed.js';

test('Numbers are read as people type and paste them', () => {
  for (const [typed, value] of [['0.5', '0.5'], ['.5', '0.5'], ['5.', '5'], [' 61 845.29 ', '61845.29'], ['61,845.29', '61845.29'], ['1,234,567', '1234567'], ['1_000', '1000']]) {
    assert.equal(readTyped(typed)?.toString(), value, typed);
  }
});

test('What may mean something else is not guessed at', () => {
  for (const typed of ['', '.', '0,5', '1,23', '12,3456', '1.234,5', '1e3', 'abc']) assert.equal(readTyped(typed), null, typed);
});
