import { Decimal } from './decimal.js';

const GROUPED = /^\d{1,3}(,\d{3})+(\.\d*)?$/;

/**
 * A number as people type or paste it: with spaces, or with commas where thousands are. A comma anywhere else might be meant as
 * a decimal point, so it is not guessed at. Null where it is no number.
 */
export function readTyped(text) {
  const plain = text.replaceAll(/[\s_]/g, '');
  const digits = GROUPED.test(plain) ? plain.replaceAll(',', '') : plain;
  return Decimal.tryParse(digits.replace(/^\.(?=\d)/, '0.').replace(/(?<=\d)\.$/, ''));
}
