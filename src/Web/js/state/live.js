import { Stream } from '../stream/stream.js';
import { Store } from './store.js';

export const stream = new Stream(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`);

/** Whether what this page shows is what the exchange says now. */
class Connection extends Store {
  isOpen = false;
  wasOpen = false;
  lostAt = 0;

  constructor() {
    super();
    stream.addEventListener('open', () => this.#set(true));
    stream.addEventListener('gap', () => this.#set(false));
  }

  #set(isOpen) {
    if (this.isOpen && !isOpen) this.lostAt = Date.now();
    this.isOpen = isOpen;
    this.wasOpen ||= isOpen;
    this.changed();
  }
}

export const connection = new Connection();
