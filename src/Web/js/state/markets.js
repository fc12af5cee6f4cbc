import * as exchange from '../api/exchange.js';
import { Decimal, decimal } from '../money/decimal.js';
import { Market } from '../money/market.js';
import { feedState } from '../words/feed.js';
import { stream } from './live.js';
import { patiently } from './patiently.js';
import { Store } from './store.js';

const REREAD_MS = 15_000;

/** So many markets are heard as they change, and stay awake for it; the tickers of the others are read with the list. */
const LISTENED_MAX = 60;

/** All markets with their last 24 hours, kept up to date. */
class Markets extends Store {
  #bySymbol = new Map();
  #tickers = new Map();
  #loading = null;

  get isLoaded() { return this.#tickers.size > 0; }
  get all() { return [...this.#bySymbol.values()]; }
  find(symbol) { return this.#bySymbol.get(symbol) ?? null; }
  ticker(symbol) { return this.#tickers.get(symbol) ?? null; }

  feed(market) { return feedState(market, this.#tickers.get(market.symbol)); }

  /** The price that something of a market is worth now: the middle of the book, or what was last paid. */
  mark(symbol) {
    const ticker = this.#tickers.get(symbol);
    if (!ticker) return null;
    if (ticker.mark) return ticker.mark;
    if (ticker.bid.sign > 0 && ticker.ask.sign > 0) return ticker.bid.plus(ticker.ask).dividedBy(TWO, ticker.bid.scale + 8);
    return ticker.last.sign > 0 ? ticker.last : null;
  }

  load() {
    return this.#loading ??= patiently(() => this.#load());
  }

  async #load() {
    const [, tickers] = await Promise.all([this.#readMarkets(), exchange.tickers()]);
    for (const ticker of tickers) this.#tickers.set(ticker.symbol, readTicker(ticker));
    for (const market of this.all.slice(0, LISTENED_MAX)) stream.listen(`ticker@${market.symbol}`, (data) => data && this.#update(data.ticker));
    setInterval(() => this.#reread().catch(() => {}), REREAD_MS);
    this.changed();
  }

  async #reread() {
    await this.#readMarkets();
    if (this.all.length <= LISTENED_MAX) return;
    for (const ticker of await exchange.tickers()) this.#tickers.set(ticker.symbol, readTicker(ticker));
    this.changed();
  }

  /** What an operator changes, such as a halt, comes with the list of markets. */
  async #readMarkets() {
    const infos = await exchange.markets();
    this.#bySymbol = new Map(infos.map((info) => [info.symbol, new Market(info)]));
    this.changed();
  }

  #update(ticker) {
    this.#tickers.set(ticker.symbol, readTicker(ticker));
    this.changed();
  }
}

const TWO = decimal('2');

function readTicker(ticker) {
  return {
    symbol: ticker.symbol,
    last: decimal(ticker.lastPrice),
    change: decimal(ticker.priceChange),
    changePercent: decimal(ticker.priceChangePercent),
    high: decimal(ticker.highPrice),
    low: decimal(ticker.lowPrice),
    volume: decimal(ticker.volume),
    quoteVolume: decimal(ticker.quoteVolume),
    bid: decimal(ticker.bidPrice),
    ask: decimal(ticker.askPrice),
    mark: Decimal.orNull(ticker.markPrice),
    feed: ticker.feed ?? null,
  };
}

export const markets = new Markets();
