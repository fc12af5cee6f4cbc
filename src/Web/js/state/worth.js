import { ZERO } from '../money/decimal.js';
import { profitAt } from '../money/estimate.js';
import { markets } from './markets.js';

/** What things are worth in USDT at the moment. */
const UNIT = 'USDT';

/** Null where no market tells. A dollar counts as one of the unit where they do not trade against each other. */
export function worthOf(asset, amount) {
  if (asset === UNIT) return amount;
  for (const quote of [UNIT, 'USDC']) {
    const mark = markets.mark(`${asset}_${quote}`);
    if (mark) return amount.times(mark);
  }
  return asset === 'USDC' ? amount : null;
}

/** What a position would give at the mark price, as far as this page knows it. */
export function unrealised(position) {
  const mark = markets.mark(position.symbol) ?? position.markPrice;
  return mark ? profitAt(position, mark) : position.unrealisedProfit;
}

/** Everything an account has, the most valuable first: coins and money as they are, and what is put into positions. */
export function holdings(account) {
  const all = [...account.balances.values()].map(({ asset, available, locked }) => {
    const amount = available.plus(locked);
    return { name: asset, amount, asset, worth: worthOf(asset, amount), profit: null };
  });
  for (const position of account.positions.values()) {
    const market = markets.find(position.symbol);
    if (!market) continue;
    const profit = unrealised(position);
    const value = position.margin.plus(profit).max(ZERO);
    const name = `${market.title} ${position.direction === 'LONG' ? 'long' : 'short'}`;
    all.push({ name, amount: value, asset: market.quote, worth: worthOf(market.quote, value), profit: worthOf(market.quote, profit) });
  }
  return all.filter((each) => !each.amount.isZero).sort((a, b) => (b.worth ?? ZERO).compare(a.worth ?? ZERO));
}

export const totalOf = (all) => all.reduce((sum, each) => (each.worth ? sum.plus(each.worth) : sum), ZERO);

export const profitOf = (all) => all.reduce((sum, each) => (each.profit ? sum.plus(each.profit) : sum), ZERO);
