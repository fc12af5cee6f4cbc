import * as exchange from '../api/exchange.js';
import { account } from '../state/account.js';
import { markets } from '../state/markets.js';
import { explainError } from '../words/errors.js';
import { fixed } from '../money/format.js';
import { decimal } from '../money/decimal.js';
import { numberField, selectField } from './controls.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { toast } from './toast.js';

const AMOUNTS = { BTC: '1', ETH: '10', SOL: '100', TATA: '1000', INR: '1000000' };
const DOLLARS = '100000';

/** Paper money is free: pick an asset and how much. */
export function openDeposit(asset = 'USDT') {
  const assets = [...new Set(markets.all.flatMap((market) => [market.quote, market.base]))];
  const suggested = () => AMOUNTS[select.value] ?? DOLLARS;
  const select = selectField('Asset', assets.map((each) => [each, each]), {
    value: asset,
    onchange: () => { amount.setUnit(select.value); amount.set(decimal(suggested())); },
  });
  const amount = numberField('Amount', { unit: asset, step: decimal('1') });
  amount.set(decimal(suggested()));
  const problem = h('p', { class: 'problem', role: 'alert' });
  const form = h('form', { class: 'form', onsubmit: submit },
    h('p', { class: 'lead' }, 'Nothing here is real money: take as much as you want to practise with.'),
    select.element, amount.element, problem,
    h('button', { class: 'button primary wide', type: 'submit' }, 'Add paper money'));
  const dialog = openDialog('Add paper money', form, { className: 'narrow' });
  amount.input.select();

  async function submit(event) {
    event.preventDefault();
    if (!amount.value || amount.value.sign <= 0) {
      amount.say('Enter an amount.');
      return;
    }
    try {
      const done = await exchange.deposit(select.value, amount.value.toString());
      toast(`Added ${fixed(decimal(done.amount), 2)} ${done.asset} of paper money.`, 'good');
      dialog.close();
      account.reload();
    } catch (error) {
      problem.textContent = explainError(error);
    }
  }
}
