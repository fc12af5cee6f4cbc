import * as exchange from '../../api/exchange.js';
import { LocalBook } from '../../book/localBook.js';
import { decimal } from '../../money/decimal.js';
import { stream } from '../../state/live.js';
import { markets } from '../../state/markets.js';
import { Store } from '../../state/store.js';

const TRADES_KEPT = 60;
const TWO = decimal('2');

/** What the panels of a trading page share: the market, its live book and tape, and the price that was last clicked. */
export class Desk extends Store {
  picks = new EventTarget();
  tape = new Store();
  trades = [];
  #symbol;
  #missedTrades = false;

  constructor(market, scope) {
    super();
    this.#symbol = market.symbol;
    this.first = market;
    this.book = new LocalBook(market);
    const name = `depth@${market.symbol}`;
    scope.add(stream.listen(name, (data) => this.#hearDepth(name, data)));
    scope.add(stream.listen(`trade@${market.symbol}`, (data) => this.#hearTrades(data)));
    this.#loadTrades();
  }

  /** Asked for each time: the list of markets is read again now and then, with what an operator has changed. */
  get market() { return markets.find(this.#symbol) ?? this.first; }
  get bid() { return this.#priceOf(this.book.bestBid); }
  get ask() { return this.#priceOf(this.book.bestAsk); }
  get last() { return this.trades[0]?.price ?? this.#lastOfTicker(); }

  /** What positions are valued at where the venue tells no mark price of its own. */
  get mark() {
    const { bid, ask } = this;
    return bid && ask ? bid.plus(ask).dividedBy(TWO, this.market.pricePlaces, 'half') : this.last;
  }

  /** The levels that an order of this side would meet, the best first; a walk seldom goes far into them. */
  *levelsFor(side) {
    const { market } = this;
    for (const { ticks, lots } of side === 'BUY' ? this.book.asks : this.book.bids)
      yield { price: market.priceOf(ticks), quantity: market.quantityOf(lots) };
  }

  pick(price, side = null) {
    this.picks.dispatchEvent(new CustomEvent('price', { detail: { price, side } }));
  }

  #priceOf(level) { return level ? this.market.priceOf(level.ticks) : null; }

  #lastOfTicker() {
    const last = markets.ticker(this.#symbol)?.last;
    return last?.sign > 0 ? last : null;
  }

  #hearDepth(name, data) {
    if (data === null) this.book.reset();
    else if (!this.book.apply(data)) stream.renew(name);
    this.changed();
  }

  /** After a gap the tape is read again, as soon as there is somebody to ask. */
  #hearTrades(data) {
    if (data === null) {
      this.#missedTrades = true;
      return;
    }
    if (this.#missedTrades) this.#loadTrades();
    this.#missedTrades = false;
    this.#addTrades(data.trades.map(fromStream));
  }

  async #loadTrades() {
    const trades = await exchange.trades(this.#symbol, TRADES_KEPT).catch(() => []);
    this.#addTrades(trades.map(fromRest));
  }

  #addTrades(trades) {
    const known = new Set(this.trades.map((trade) => trade.id));
    const fresh = trades.filter((trade) => !known.has(trade.id));
    if (fresh.length === 0) return;
    this.trades = [...fresh.reverse(), ...this.trades].sort((a, b) => b.time - a.time).slice(0, TRADES_KEPT);
    this.tape.changed();
  }
}

const fromStream = (trade) => ({ id: trade.t, price: decimal(trade.p), quantity: decimal(trade.q), side: trade.side, time: trade.T });
const fromRest = (trade) => ({ id: trade.tradeId, price: decimal(trade.price), quantity: decimal(trade.quantity), side: trade.takerSide, time: trade.time });
