import { Decimal, HUNDRED } from './decimal.js';

/** How numbers are shown: grouped by thousands, with as many places as what they measure has. */
const MINUS = '−';
const COMPACT_FROM = Decimal.parse('10000');
const COMPACT = [['1000000000', 'B'], ['1000000', 'M'], ['1000', 'K']].map(([text, suffix]) => [Decimal.parse(text), suffix]);

export function grouped(text) {
  const [whole, fraction] = text.split('.');
  const sign = whole.startsWith('-') ? MINUS : '';
  const digits = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/g, ',');
  return sign + digits + (fraction === undefined ? '' : `.${fraction}`);
}

export const fixed = (value, places) => grouped(value.toFixed(places));

/** All of a number's own places, but at most so many. */
export const shortest = (value, placesMax = 8) => grouped(value.round(placesMax, 'down').shortest().toString());

export function compact(value) {
  if (value.abs().isBelow(COMPACT_FROM)) return shortest(value, 2);
  const [unit, suffix] = COMPACT.find(([size]) => !value.abs().isBelow(size));
  return grouped(value.dividedBy(unit, 2, 'half').toFixed(2)) + suffix;
}

export const signed = (value, places) => (value.sign > 0 ? '+' : '') + fixed(value, places);

export const percent = (value, places = 2) => `${signed(value, places)}%`;

/** The part that a is of b, in percent; null where there is nothing to be a part of. */
export const percentOf = (a, b, places = 2) => (b.isZero ? null : a.times(HUNDRED).dividedBy(b, places, 'half'));

export const tone = (value) => (value.sign > 0 ? 'up' : value.sign < 0 ? 'down' : 'flat');

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

export const clock = (ms) => time.format(ms);
export const moment = (ms) => dayAndTime.format(ms);
