import * as exchange from '../api/exchange.js';
import { readBalance, readOrder, readPosition, readWaiting } from './read.js';
import { ZERO } from '../money/decimal.js';
import { stream } from './live.js';
import { session } from './session.js';
import { Store } from './store.js';

const POSITIONS_EVERY_MS = 5_000;
const DONE = new Set(['FILLED', 'CANCELED', 'EXPIRED', 'EXPIRED_IN_MATCH', 'REJECTED']);

/** What the person who is signed in has: read once, then kept up to date by their own stream. */
class Account extends Store {
  balances = new Map();
  orders = new Map();
  positions = new Map();
  waiting = new Map();
  unread = 0;
  isLoaded = false;
  #unlisten = null;
  #version = 0;

  constructor() {
    super();
    this.events = new EventTarget();
  }

  available(asset) { return this.balances.get(asset)?.available ?? ZERO; }
  openOrders(symbol) { return [...this.orders.values()].filter((order) => !symbol || order.symbol === symbol); }
  openPositions(symbol) { return [...this.positions.values()].filter((position) => !symbol || position.symbol === symbol); }

  waitingPositions(symbol) { return [...this.waiting.values()].filter((position) => position.symbol === symbol); }

  /** Follows the session: starts with it and forgets everything when it ends. */
  start() {
    session.onChange = () => {
      stream.reopen();
      this.#restart();
    };
    stream.addEventListener('open', () => this.isLoaded && this.reload());
    setInterval(() => this.positions.size > 0 && !document.hidden && this.reloadPositions(), POSITIONS_EVERY_MS);
    if (session.isSignedIn) this.#restart();
  }

  #restart() {
    this.#unlisten?.();
    this.#unlisten = null;
    this.#version++;
    this.balances = new Map();
    this.orders = new Map();
    this.positions = new Map();
    this.waiting = new Map();
    this.unread = 0;
    this.isLoaded = false;
    if (session.isSignedIn) {
      this.#unlisten = stream.listen('user', (data) => this.#hear(data));
      this.reload();
    }
    this.changed();
  }

  async reload() {
    const version = ++this.#version;
    const [balances, orders, positions, triggers, news] = await this.#guarded(Promise.all(
      [exchange.balances(), exchange.openOrders(), exchange.positions(), exchange.triggers(), exchange.unreadCount()])) ?? [];
    if (!balances || version !== this.#version) return;
    this.balances = new Map(balances.map(readBalance).map((each) => [each.asset, each]));
    this.orders = new Map(orders.map(readOrder).map((each) => [each.orderId, each]));
    this.#takePositions(positions, triggers);
    this.unread = news.unread;
    this.isLoaded = true;
    this.changed();
  }

  async reloadPositions() {
    const [positions, triggers] = await this.#guarded(Promise.all([exchange.positions(), exchange.triggers()])) ?? [];
    if (positions) this.#takePositions(positions, triggers);
    this.changed();
  }

  #takePositions(positions, triggers) {
    this.positions = new Map(positions.map(readPosition).map((each) => [each.positionId, each]));
    this.waiting = new Map(triggers.filter(({ kind }) => kind === 'ENTRY').map(readWaiting).map((each) => [each.positionId, each]));
  }

  async readEverything(upToId) {
    const answer = await this.#guarded(exchange.markRead(upToId));
    if (answer) this.unread = answer.unread;
    this.changed();
  }

  #hear(data) {
    if (data === null) return;
    switch (data.e) {
      case 'resync':
        this.reload();
        return;
      case 'balance':
        for (const each of data.balances.map(readBalance)) this.balances.set(each.asset, each);
        break;
      case 'order':
        this.#takeOrder(readOrder(data.order));
        break;
      case 'fill':
        this.#tell('fill', data);
        break;
      case 'position':
        this.reloadPositions();
        return;
      case 'notification':
        this.unread++;
        this.#tell('notification', data);
        break;
    }
    this.changed();
  }

  #takeOrder(order) {
    if (DONE.has(order.status)) this.orders.delete(order.orderId);
    else this.orders.set(order.orderId, order);
    this.#tell('order', order);
  }

  #tell(kind, detail) {
    this.events.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** A question whose failure is no news to anybody; but a session that has ended is. */
  async #guarded(question) {
    try {
      return await question;
    } catch (error) {
      if (error.status === 401) session.lost();
      return null;
    }
  }
}

export const account = new Account();
