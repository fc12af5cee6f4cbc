/** How the prices of a market are doing, in a word or two; only live ones are traded on. */
const TEXTS = { live: 'Live', stale: 'Stale', resynchronising: 'Catching up', down: 'Down', none: 'Users only', asleep: 'Asleep' };

export function feedState(market, ticker) {
  if (market.status === 'HALTED') return { text: 'Halted', tone: 'off', isStale: false };
  if (market.status === 'DELISTED') return { text: 'Delisted', tone: 'off', isStale: false };
  if (market.venue === null) return { text: TEXTS.none, tone: 'on', isStale: false };
  const state = ticker?.feed?.state ?? 'live';
  const isLive = state === 'live' || state === 'none';
  return { text: TEXTS[state] ?? state, tone: isLive ? 'on' : 'stale', isStale: !isLive, why: ticker?.feed?.reason ?? null };
}
