/**
 * The one socket of this page. What is wanted is kept here and asked for again after every reconnect, so the rest of the page
 * only says what it wants to hear.
 */
const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 15_000;
const ASK_AGAIN_MS = 2_000;
const QUESTION_AFTER_MS = 10_000;
const DEAD_AFTER_MS = 20_000;

export class Stream extends EventTarget {
  #url;
  #socket = null;
  #listeners = new Map();
  #retryMs = RETRY_MS_MIN;
  #heardAt = 0;
  #timer = null;
  #nextId = 1;
  #asked = new Map();

  constructor(url) {
    super();
    this.#url = url;
  }

  get isOpen() { return this.#socket?.readyState === WebSocket.OPEN; }

  open() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => this.#whenOpen(socket);
    socket.onmessage = (event) => socket === this.#socket && this.#hear(event.data);
    socket.onclose = () => socket === this.#socket && this.#retry();
  }

  /** After signing in or out: the socket is somebody else's then. */
  reopen() {
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    this.#tellGap();
    this.open();
  }

  /** Hears a stream until the answer is called. After a gap the listener gets null: what it knew may be old. */
  listen(name, listener) {
    let listeners = this.#listeners.get(name);
    if (!listeners) {
      this.#listeners.set(name, listeners = new Set());
      this.#subscribe([name]);
    }
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.#listeners.get(name) !== listeners) return;
      this.#listeners.delete(name);
      if (this.isOpen) this.#send('UNSUBSCRIBE', [name]);
    };
  }

  /** Asks for a stream anew, as for a book that has lost an increment. */
  renew(name) {
    if (!this.isOpen || !this.#listeners.has(name)) return;
    this.#send('UNSUBSCRIBE', [name]);
    this.#subscribe([name]);
  }

  #whenOpen(socket) {
    if (socket !== this.#socket) return;
    this.#retryMs = RETRY_MS_MIN;
    this.#heardAt = performance.now();
    this.#asked.clear();
    this.#subscribe([...this.#listeners.keys()]);
    this.#watch();
    this.dispatchEvent(new Event('open'));
  }

  #hear(text) {
    this.#heardAt = performance.now();
    const { stream, data, id, error } = JSON.parse(text);
    if (stream) this.#listeners.get(stream)?.forEach((listener) => listener(data));
    else if (this.#asked.has(id)) this.#whenAnswered(id, error);
  }

  #subscribe(names) {
    if (this.isOpen && names.length > 0) this.#asked.set(this.#send('SUBSCRIBE', names), names);
  }

  /** What could not be had just now, as when the market's silo has died, is asked for again. */
  #whenAnswered(id, error) {
    const names = this.#asked.get(id);
    this.#asked.delete(id);
    if (!error) return;
    const socket = this.#socket;
    setTimeout(() => {
      if (socket === this.#socket) this.#subscribe(names.filter((name) => this.#listeners.has(name)));
    }, ASK_AGAIN_MS);
  }

  /** A connection can die without a word; silence is asked about before it is believed. */
  #watch() {
    this.#timer = setTimeout(() => {
      const silentMs = performance.now() - this.#heardAt;
      if (silentMs > DEAD_AFTER_MS) {
        this.#socket.close();
        this.#retry();
        return;
      }
      if (silentMs > QUESTION_AFTER_MS) this.#send('PING');
      this.#watch();
    }, 5_000);
  }

  #retry() {
    this.#socket = null;
    clearTimeout(this.#timer);
    this.#tellGap();
    this.#timer = setTimeout(() => this.open(), this.#retryMs * (0.75 + Math.random() / 2));
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS_MAX);
  }

  #tellGap() {
    this.dispatchEvent(new Event('gap'));
    for (const listeners of this.#listeners.values()) listeners.forEach((listener) => listener(null));
  }

  #send(method, params) {
    if (this.isOpen) this.#socket.send(JSON.stringify({ method, params, id: this.#nextId }));
    return this.#nextId++;
  }
}
