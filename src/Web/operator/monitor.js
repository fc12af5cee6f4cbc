import { Store } from '../js/state/store.js';
import { MONITOR } from './api.js';

const KEPT_SAMPLES = 120;

/** The exchange as it was in the last two minutes, second by second. The browser connects again by itself. */
export class Monitor extends Store {
  samples = [];
  isLive = false;
  #source = null;

  get last() { return this.samples.at(-1) ?? null; }

  start() {
    this.#source = new EventSource(MONITOR);
    this.#source.onmessage = ({ data }) => {
      this.samples.push(JSON.parse(data));
      if (this.samples.length > KEPT_SAMPLES) this.samples.shift();
      this.#set(true);
    };
    this.#source.onerror = () => this.#set(false);
  }

  stop() { this.#source?.close(); }

  series(of) { return this.samples.map(of); }

  #set(isLive) {
    this.isLive = isLive;
    this.changed();
  }
}
