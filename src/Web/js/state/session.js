import * as exchange from '../api/exchange.js';
import { patiently } from './patiently.js';
import { Store } from './store.js';

/** Who uses this page. Null until it is known, then a person or nobody. */
class Session extends Store {
  person = null;
  isKnown = false;

  get isSignedIn() { return this.person !== null; }

  get isOperator() { return this.person?.permissions?.includes('admin') ?? false; }

  /** The server says in the page whether it was sent a cookie: without one there is nothing to ask. */
  async start() {
    if (document.documentElement.dataset.cookie === 'true') {
      this.person = await patiently(exchange.whoAmI).catch(() => null);
    }
    this.isKnown = true;
    this.changed();
  }

  /** The answer's message where a link was sent instead; null once somebody is signed in. */
  async signUp(email) {
    const answer = await exchange.signUp(email);
    if (!answer.token) return answer.message;
    this.#begin(await this.#who(answer));
    return null;
  }

  async signIn(email, password) {
    this.#begin(await this.#who(await exchange.signIn(email, password)));
  }

  async signOut() {
    await exchange.signOut().catch(() => {});
    this.#begin(null);
  }

  /** The server no longer knows the session. */
  lost() {
    if (this.person) this.#begin(null);
  }

  /** What one may do is known to the exchange only. */
  #who(signedIn) { return exchange.whoAmI().catch(() => signedIn); }

  #begin(person) {
    this.person = person;
    this.isKnown = true;
    this.onChange?.();
    this.changed();
  }
}

export const session = new Session();
