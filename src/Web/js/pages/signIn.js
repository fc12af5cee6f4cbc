import { h, replace } from '../components/dom.js';
import { toast } from '../components/toast.js';
import * as exchange from '../api/exchange.js';
import { goTo } from '../router.js';
import { account } from '../state/account.js';
import { session } from '../state/session.js';
import { explainError } from '../words/errors.js';

const START = { asset: 'USDT', amount: '100000' };

/** One address is enough: the same form opens an account and comes back to it. */
export function show(main) {
  document.title = 'Sign in · Orleans Exchange';
  main.className = 'sign-in-page';
  const back = new URLSearchParams(location.search).get('to');
  const address = back?.startsWith('/') && !back.startsWith('//') ? back : '/trade';
  if (session.isSignedIn) {
    goTo(address, { instead: true });
    return;
  }

  const email = h('input', { type: 'email', id: 'email', name: 'email', autocomplete: 'email', required: true, maxlength: '254', placeholder: 'you@example.org' });
  const password = h('input', { type: 'password', id: 'password', autocomplete: 'current-password', maxlength: '128' });
  const passwordField = h('div', { class: 'field', hidden: true }, h('label', { for: 'password' }, 'Password'), h('div', { class: 'entry' }, password));
  const problem = h('p', { class: 'problem', role: 'alert' });
  const submit = h('button', { class: 'button primary wide large', type: 'submit' }, 'Continue');
  const choice = h('button', { class: 'link', type: 'button', onclick: togglePassword }, 'Use a password instead');
  const sheet = h('section', { class: 'sheet narrow' },
    h('h1', null, 'Start trading'),
    h('p', { class: 'lead' }, 'Enter your e-mail address. A new account begins with 100,000 USDT of paper money.'),
    h('form', { class: 'form', onsubmit: enter },
      h('div', { class: 'field' }, h('label', { for: 'email' }, 'E-mail address'), h('div', { class: 'entry' }, email)),
      passwordField, problem, submit),
    choice);
  main.append(sheet);
  email.focus({ preventScroll: true });

  function togglePassword() {
    passwordField.hidden = !passwordField.hidden;
    choice.textContent = passwordField.hidden ? 'Use a password instead' : 'Use a link instead';
    (passwordField.hidden ? email : password).focus();
  }

  async function enter(event) {
    event.preventDefault();
    problem.textContent = '';
    submit.disabled = true;
    try {
      if (!passwordField.hidden) await session.signIn(email.value, password.value);
      const sent = passwordField.hidden ? await session.signUp(email.value) : null;
      if (sent) showSent(sent);
      else await begin();
    } catch (error) {
      problem.textContent = explainError(error);
    } finally {
      submit.disabled = false;
    }
  }

  function showSent(message) {
    replace(sheet,
      h('h1', null, 'Look into your mail'),
      h('p', { class: 'lead' }, message, ' It works once, within 15 minutes. You can close this page.'));
  }

  async function begin() {
    await giveStart();
    await goTo(address, { instead: true });
  }
}

/**
 * Who has never had anything gets something to trade with. The deposit's id makes sure that it happens once: after starting
 * over, money is added by hand.
 */
export async function giveStart() {
  const balances = await exchange.balances();
  if (balances.length > 0) return;
  const { available } = await exchange.firstDeposit(START.asset, START.amount);
  if (available === '0') return;
  account.reload();
  toast('Welcome! 100,000 USDT of paper money are yours to practise with.', 'good');
}
