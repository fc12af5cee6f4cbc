import { decimal, Decimal } from '../money/decimal.js';

/** From the wire's texts to exact numbers. */
export const readBalance = (each) => ({ asset: each.asset, available: decimal(each.available), locked: decimal(each.locked) });

export const readOrder = (each) => ({
  ...each,
  price: Decimal.orNull(each.price),
  quantity: Decimal.orNull(each.quantity),
  quoteAmount: Decimal.orNull(each.quoteAmount),
  executedQuantity: decimal(each.executedQuantity),
  executedQuote: decimal(each.executedQuote),
  stopPrice: Decimal.orNull(each.stopPrice),
  isArmed: isConditional(each) && !each.triggeredAt,
});

const isConditional = (each) => /^(STOP_LOSS|TAKE_PROFIT)/.test(each.type);

export const readTrade = (each) => ({
  ...each,
  price: decimal(each.price),
  quantity: decimal(each.quantity),
  quoteQuantity: decimal(each.quoteQuantity),
  fee: decimal(each.fee),
});

export const readPastPosition = (each) => ({
  ...each,
  ...Object.fromEntries(PAST_AMOUNTS.map((name) => [name, Decimal.orNull(each[name])])),
});

const PAST_AMOUNTS = [
  'leverage', 'quantity', 'entryPrice', 'margin', 'stopLoss', 'takeProfit', 'liquidationPrice', 'level', 'reachedPrice', 'closedQuantity', 'closePrice',
  'profit', 'fees', 'funding', 'totalReturn', 'netProfit',
];

/** A position that is to open at a price, as it stands among all that waits for one. */
export const readWaiting = (each) => ({
  positionId: each.positionId,
  symbol: each.symbol,
  direction: each.type === 'OPEN_LONG' ? 'LONG' : 'SHORT',
  triggerPrice: decimal(each.triggerPrice),
  isRising: each.direction === 'RISING',
});

export const readPosition = (each) => ({
  ...each,
  quantity: decimal(each.quantity),
  entryPrice: decimal(each.entryPrice),
  margin: decimal(each.margin),
  leverage: decimal(each.leverage),
  liquidationPrice: Decimal.orNull(each.liquidationPrice),
  stopLoss: Decimal.orNull(each.stopLoss),
  takeProfit: Decimal.orNull(each.takeProfit),
  trailDistance: Decimal.orNull(each.trailDistance),
  trailingLevel: Decimal.orNull(each.trailingLevel),
  markPrice: Decimal.orNull(each.markPrice),
  unrealisedProfit: decimal(each.unrealisedProfit),
});
