/**
 * Exact decimal numbers: a whole number of units of ten to the minus scale. Binary floating point never touches money;
 * `toNumber` exists for pixels only.
 */
const PATTERN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

const powers = [1n];
function tenTo(exponent) {
  for (let i = powers.length; i <= exponent; i++) powers.push(powers[i - 1] * 10n);
  return powers[exponent];
}

export class Decimal {
  #units;
  #scale;

  constructor(units, scale = 0) {
    this.#units = units;
    this.#scale = scale;
  }

  /** Null where the text is no plain decimal number. */
  static tryParse(text) {
    const match = PATTERN.exec(String(text ?? '').trim());
    if (!match) return null;
    const [, sign, whole, fraction = ''] = match;
    const units = BigInt(whole + fraction);
    return new Decimal(sign === '-' ? -units : units, fraction.length).shortest();
  }

  static parse(text) {
    const value = Decimal.tryParse(text);
    if (!value) throw new RangeError(`'${text}' is not a decimal number.`);
    return value;
  }

  /** Null and undefined stay null, as the API writes what is not given. */
  static orNull(text) {
    return text === null || text === undefined || text === '' ? null : Decimal.parse(text);
  }

  get scale() { return this.#scale; }
  get units() { return this.#units; }
  get sign() { return this.#units > 0n ? 1 : this.#units < 0n ? -1 : 0; }
  get isZero() { return this.#units === 0n; }

  plus(other) {
    const [a, b, scale] = aligned(this, other);
    return new Decimal(a + b, scale);
  }

  minus(other) {
    const [a, b, scale] = aligned(this, other);
    return new Decimal(a - b, scale);
  }

  times(other) {
    return new Decimal(this.#units * other.units, this.#scale + other.scale).shortest();
  }

  /** A quotient has to be cut off somewhere: the caller says where and which way. */
  dividedBy(other, scale, rounding = 'down') {
    if (other.isZero) throw new RangeError('Division by zero.');
    const numerator = this.#units * tenTo(scale + other.scale);
    return new Decimal(divide(numerator, other.units * tenTo(this.#scale), rounding), scale).shortest();
  }

  round(scale, rounding = 'half') {
    if (scale >= this.#scale) return this;
    return new Decimal(divide(this.#units, tenTo(this.#scale - scale), rounding), scale);
  }

  /** To a whole multiple of a step, such as a market's tick. */
  toMultipleOf(step, rounding = 'down') {
    const [a, b] = aligned(this, step);
    return new Decimal(divide(a, b, rounding) * step.units, step.scale);
  }

  isMultipleOf(step) {
    const [a, b] = aligned(this, step);
    return a % b === 0n;
  }

  /** How many whole steps: ticks of a price, lots of a quantity. */
  inUnitsOf(step) {
    const [a, b] = aligned(this, step);
    return a / b;
  }

  compare(other) {
    const [a, b] = aligned(this, other);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  equals(other) { return this.compare(other) === 0; }
  isAbove(other) { return this.compare(other) > 0; }
  isBelow(other) { return this.compare(other) < 0; }
  negated() { return new Decimal(-this.#units, this.#scale); }
  abs() { return this.sign < 0 ? this.negated() : this; }
  min(other) { return this.isBelow(other) ? this : other; }
  max(other) { return this.isAbove(other) ? this : other; }

  shortest() {
    let units = this.#units;
    let scale = this.#scale;
    while (scale > 0 && units % 10n === 0n) {
      units /= 10n;
      scale--;
    }
    return new Decimal(units, scale);
  }

  /** With exactly so many places, more being rounded away. */
  toFixed(places, rounding = 'half') {
    const { units, scale } = this.round(places, rounding);
    return write(units * tenTo(places - scale), places);
  }

  toString() {
    const { units, scale } = this.shortest();
    return write(units, scale);
  }

  /** For drawing and for proportions, never for an amount that is sent or shown. */
  toNumber() { return Number(this.toString()); }
}

export const ZERO = new Decimal(0n);
export const HUNDRED = new Decimal(100n);

export const decimal = (text) => Decimal.parse(text);

function aligned(a, b) {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * tenTo(scale - a.scale), b.units * tenTo(scale - b.scale), scale];
}

/** Rounding: 'down' and 'up' go towards and away from zero, 'half' to the nearer one, a half away from zero. */
function divide(numerator, denominator, rounding) {
  if (denominator < 0n) return divide(-numerator, -denominator, rounding);
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n || rounding === 'down') return quotient;
  const away = numerator < 0n ? -1n : 1n;
  if (rounding === 'up') return quotient + away;
  return (rest < 0n ? -rest : rest) * 2n >= denominator ? quotient + away : quotient;
}

function write(units, scale) {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const text = scale > 0 ? `${whole}.${digits.slice(-scale)}` : whole;
  return units < 0n ? `-${text}` : text;
}
