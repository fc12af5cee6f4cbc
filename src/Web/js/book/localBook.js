/**
 * The exact order book of one market: a snapshot and the increments that follow it without a gap. Levels are whole ticks
 * and whole lots, as inside the exchange.
 */
export class LocalBook {
  #market;
  #bids = new Side((a, b) => a > b);
  #asks = new Side((a, b) => a < b);
  #lastId = null;

  constructor(market) { this.#market = market; }

  get isReady() { return this.#lastId !== null; }
  get bids() { return this.#bids.levels; }
  get asks() { return this.#asks.levels; }
  get bestBid() { return this.#bids.levels[0] ?? null; }
  get bestAsk() { return this.#asks.levels[0] ?? null; }

  /** False where something is missing before this message: the book is empty then until the next snapshot. */
  apply(message) {
    if (message.e === 'depthSnapshot') {
      this.#bids.clear();
      this.#asks.clear();
    } else if (!this.isReady) {
      return false;
    } else if (message.u <= this.#lastId) {
      return true;
    } else if (message.U > this.#lastId + 1) {
      this.reset();
      return false;
    }
    this.#merge(this.#bids, message.b);
    this.#merge(this.#asks, message.a);
    this.#lastId = message.u;
    return true;
  }

  reset() {
    this.#bids.clear();
    this.#asks.clear();
    this.#lastId = null;
  }

  #merge(side, pairs) {
    for (const [price, quantity] of pairs) side.set(this.#market.ticksIn(price), this.#market.lotsIn(quantity));
  }
}

/** Levels in order, the best first. */
class Side {
  levels = [];
  #isBetter;

  constructor(isBetter) { this.#isBetter = isBetter; }

  clear() { this.levels = []; }

  set(ticks, lots) {
    const at = this.#find(ticks);
    const isKnown = this.levels[at]?.ticks === ticks;
    if (lots === 0n) {
      if (isKnown) this.levels.splice(at, 1);
    } else if (isKnown) {
      this.levels[at] = { ticks, lots };
    } else {
      this.levels.splice(at, 0, { ticks, lots });
    }
  }

  #find(ticks) {
    let low = 0;
    let high = this.levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBetter(this.levels[middle].ticks, ticks)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
