/** Coarser steps for looking at a book: 1, 2, 5, 10, 20 ... ticks, as many as make sense at a price. */
export function groupSteps(ticksOfPrice) {
  const steps = [1n];
  for (let power = 1n; power * 200n < ticksOfPrice && steps.length < 8; power *= 10n) {
    for (const factor of power === 1n ? [10n] : [5n, 10n]) {
      if (power * factor * 200n <= ticksOfPrice) steps.push(power * factor);
    }
  }
  return steps;
}

/**
 * Levels, the best first, put together into steps of so many ticks: bids downwards and asks upwards, so that no group looks
 * better than what is in it. Each row knows what has to trade before its end is reached.
 */
export function group(levels, isBid, step, rowsMax) {
  const rows = [];
  let total = 0n;
  for (const { ticks, lots } of levels) {
    const at = isBid ? ticks / step * step : (ticks + step - 1n) / step * step;
    const last = rows[rows.length - 1];
    if (last?.ticks === at) {
      last.lots += lots;
    } else {
      if (rows.length === rowsMax) break;
      rows.push({ ticks: at, lots, total: 0n, best: ticks });
    }
    total += lots;
    rows[rows.length - 1].total = total;
  }
  return rows;
}

/** Which of the grouped prices one's own orders stand at, with what is left of them. */
export function ownLots(orders, market, isBid, step) {
  const own = new Map();
  for (const order of orders) {
    const ticks = market.ticksOf(order.price);
    const at = isBid ? ticks / step * step : (ticks + step - 1n) / step * step;
    own.set(at, (own.get(at) ?? 0n) + market.lotsOf(order.quantity.minus(order.executedQuantity)));
  }
  return own;
}
