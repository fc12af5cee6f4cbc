/** What the exchange refused, said to a person. Codes without an entry keep the exchange's own sentence. */
const SENTENCES = {
  INSUFFICIENT_BALANCE: () => 'You do not have enough for this. Add paper money, or make it smaller.',
  MARKET_HALTED: () => 'This market is halted: it takes no new orders, but you can cancel.',
  MARKET_DATA_STALE: () => 'The venue’s prices are too old to trade on. Nothing was done; try again when they move.',
  NO_LIQUIDITY: (error, { side } = {}) => side
    ? `Nobody ${side === 'BUY' ? 'sells' : 'buys'} here at the moment. A limit order can wait for somebody.`
    : 'There is nothing to trade against at the moment. A limit order can wait.',
  WOULD_TAKE_LIQUIDITY: () => 'Post-only: this price would trade at once, so the order was not placed. Move it away from the market.',
  STOP_LOSS_BEYOND_LIQUIDATION: () => 'The position would be liquidated before this stop loss is reached. Move it closer, or add margin.',
  TOO_MANY_REQUESTS: () => 'That was too fast. Wait a second and try again.',
  UNAVAILABLE: () => 'The exchange did not answer in time. Look at your open orders before you try again.',
  TIMEOUT: () => 'The exchange did not answer in time. Look at your open orders before you try again.',
  SESSION_ENDED: () => 'You were signed out. Sign in again.',
};

export function explainError(error, context) {
  const sentence = SENTENCES[error.code];
  return sentence ? sentence(error, context) : error.message;
}
