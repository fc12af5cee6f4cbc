import * as exchange from '../../api/exchange.js';
import { confirm } from '../../components/dialog.js';
import { h } from '../../components/dom.js';
import { toast } from '../../components/toast.js';
import { moment } from '../../money/format.js';
import { account } from '../../state/account.js';
import { explainError } from '../../words/errors.js';

/** Paper accounts may start over. */
export function resetButton() {
  return h('button', { type: 'button', class: 'button quiet', onclick: reset }, 'Start over');
}

async function reset() {
  const what = 'All your orders are cancelled, your positions are closed and all your money is taken back. You can do this once a day.';
  const yes = await confirm('Start over?', what, 'Start over');
  if (!yes) return;
  try {
    const answer = await exchange.resetAccount();
    toast(answer.status === 'DONE' ? 'You have started over. Add paper money to begin again.' : 'Starting over; markets that do not answer yet follow by themselves.', 'good');
  } catch (error) {
    const again = Number(error.details?.againAt);
    toast(again ? `You can start over again on ${moment(again)}.` : explainError(error), 'bad');
  }
  account.reload();
}
