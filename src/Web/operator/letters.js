import { h, setText } from '../js/components/dom.js';
import { table } from '../js/components/table.js';
import { moment } from '../js/money/format.js';
import { explainError } from '../js/words/errors.js';
import { deadLetters, dropLetter, retryLetter } from './api.js';
import { act } from './ask.js';

/** Settlements that an account refused: to be delivered again, or given up. */
export function lettersPanel(into) {
  let letters = [];
  let cursor = null;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const more = h('button', { type: 'button', class: 'button quiet small', onclick: () => load(true) }, 'More');
  const list = table('Dead letters', [
    { title: 'Since', className: 'time', text: (letter) => moment(letter.addedAt) },
    { title: 'Market', className: 'market', text: (letter) => letter.symbol },
    { title: 'Account', className: 'number', text: (letter) => letter.account },
    { title: 'Refused because', text: (letter) => letter.reason },
    { title: 'What', className: 'news', text: (letter) => letter.record.map((line) => `${line.kind} ${line.side.toLowerCase()} ${line.baseAmount} for ${line.quoteAmount}, order ${line.orderId}`).join('; ') },
    { title: 'Tries', className: 'number', text: (letter) => String(letter.retries) },
    { title: '', className: 'row-actions', make: buttons },
  ], { empty: 'No dead letters.', rowKey: (letter) => letter.id });
  into.append(h('div', { class: 'tab-tools' }, h('button', { type: 'button', class: 'button quiet small', onclick: () => load(false) }, 'Refresh')), problem, list.element, h('div', { class: 'more' }, more));

  function buttons(current) {
    return {
      element: h('span', { class: 'row-buttons' },
        h('button', { type: 'button', class: 'button tiny', onclick: () => retry(current()).then(() => load(false)) }, 'Retry'),
        h('button', { type: 'button', class: 'button tiny grave', onclick: () => drop(current()).then(() => load(false)) }, 'Drop')),
    };
  }

  async function load(isMore) {
    try {
      const page = await deadLetters(isMore ? cursor : undefined);
      letters = isMore ? [...letters, ...page.letters] : page.letters;
      cursor = page.nextCursor;
      list.show(letters);
      more.hidden = !cursor;
      setText(problem, '');
    } catch (error) {
      setText(problem, explainError(error));
    }
  }

  load(false);
}

const said = (outcome) => (outcome.outcome === 'REFUSED' ? `It was refused again: ${outcome.reason}.` : `It is ${outcome.outcome.toLowerCase()}.`);

const retry = (letter) => act({
  title: `Deliver letter ${letter.id} again?`, text: `${letter.symbol} delivers it to account ${letter.account} once more. It takes effect once, however often this is done.`, action: 'Deliver',
  run: async () => said(await retryLetter(letter.id)),
});

const drop = (letter) => act({
  title: `Give letter ${letter.id} up?`, text: `Account ${letter.account} never gets what it says; the house keeps it. This cannot be taken back.`, action: 'Give up', needsReason: true,
  run: async (reason) => said(await dropLetter(letter.id, reason)),
});
