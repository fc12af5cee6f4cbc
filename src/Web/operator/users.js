import { openDialog } from '../js/components/dialog.js';
import { h, setText, uniqueId } from '../js/components/dom.js';
import { table } from '../js/components/table.js';
import { grouped, moment } from '../js/money/format.js';
import { explainError } from '../js/words/errors.js';
import { adjust, freeze, job, removeJob, unfreeze, user, users } from './api.js';
import { act } from './ask.js';

/** Accounts by page or by address, and single orders and positions by their number. */
export function usersPanel(into) {
  let shown = [];
  let cursor = null;
  const email = h('input', { type: 'search', placeholder: 'E-mail address', 'aria-label': 'Find an account by its e-mail address' });
  const id = h('input', { type: 'search', placeholder: 'Order or position id', 'aria-label': 'Find an order or a position by its id', inputmode: 'numeric' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const more = h('button', { type: 'button', class: 'button quiet small', onclick: () => load(true) }, 'More');
  const list = table('Accounts', [
    { title: 'Account', className: 'number', text: (each) => each.userId },
    { title: 'E-mail', text: (each) => each.email },
    { title: 'Opened', className: 'time', text: (each) => moment(each.openedAt) },
    { title: '', className: 'row-actions', make: (current) => ({ element: h('button', { type: 'button', class: 'button tiny', onclick: () => guarded(() => openUser(current().userId)) }, 'Open') }) },
  ], { empty: 'No such account.', rowKey: (each) => each.userId });
  into.append(
    h('div', { class: 'operator-search' },
      h('form', { role: 'search', 'aria-label': 'Accounts', onsubmit: (event) => { event.preventDefault(); load(false); } }, email, h('button', { class: 'button small' }, 'Find')),
      h('form', { role: 'search', 'aria-label': 'Orders and positions', onsubmit: (event) => { event.preventDefault(); guarded(() => openJob(id.value.trim())); } }, id, h('button', { class: 'button small' }, 'Find'))),
    problem, list.element, h('div', { class: 'more' }, more));

  async function guarded(action) {
    try {
      await action();
      setText(problem, '');
    } catch (error) {
      setText(problem, explainError(error));
    }
  }

  const load = (isMore) => guarded(async () => {
    const page = await users(isMore ? cursor : undefined, email.value.trim());
    shown = isMore ? [...shown, ...page.users] : page.users;
    cursor = page.nextCursor;
    list.show(shown);
    more.hidden = !cursor;
  });

  load(false);
}

async function openUser(userId) {
  const details = await user(userId);
  const dialog = openDialog(`Account ${userId}`, [
    h('p', { class: 'lead' }, details.email),
    details.isFrozen ? h('p', { class: 'note' }, `Frozen: ${details.frozenReason}`) : null,
    h('dl', { class: 'summary' },
      h('div', null, h('dt', null, 'Open orders'), h('dd', null, String(details.openOrders))),
      h('div', null, h('dt', null, 'Open positions'), h('dd', null, String(details.openPositions))),
      details.balances.map((each) => h('div', null, h('dt', null, each.asset), h('dd', { class: 'number' }, `${grouped(each.available)} free, ${grouped(each.locked)} locked`)))),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', onclick: () => { dialog.close(); adjustBalance(details); } }, 'Adjust a balance'),
      h('button', { type: 'button', class: 'button danger', onclick: () => { dialog.close(); toggleFreeze(details); } }, details.isFrozen ? 'Unfreeze' : 'Freeze')),
  ].filter(Boolean));
}

const toggleFreeze = ({ userId, email, isFrozen }) => act({
  title: `${isFrozen ? 'Unfreeze' : 'Freeze'} account ${userId}?`,
  text: isFrozen ? `${email} can trade again.` : `${email} can look and cancel, and nothing else. Orders, stops and liquidations that are there go on.`,
  action: isFrozen ? 'Unfreeze' : 'Freeze', needsReason: true,
  run: async (reason) => (await (isFrozen ? unfreeze : freeze)(userId, reason)).message,
});

function adjustBalance({ userId, email }) {
  const [assetId, amountId, kindId] = [uniqueId('asset'), uniqueId('amount'), uniqueId('kind')];
  const asset = h('input', { id: assetId, type: 'text', value: 'USDT', required: true, autocomplete: 'off' });
  const amount = h('input', { id: amountId, type: 'text', inputmode: 'decimal', required: true, autocomplete: 'off' });
  const kind = h('select', { id: kindId }, h('option', { value: 'CREDIT' }, 'Give'), h('option', { value: 'DEBIT' }, 'Take'));
  return act({
    title: `Adjust account ${userId}`, text: `${email} sees it among the deposits. Only what is free can be taken.`, action: 'Adjust', needsReason: true,
    extra: [[kindId, 'What', kind], [amountId, 'Amount', amount], [assetId, 'Asset', asset]]
      .map(([id, label, input]) => h('div', { class: 'field' }, h('label', { for: id }, label), h('div', { class: 'entry' }, input))),
    run: async (reason) => {
      const { balance } = await adjust(userId, { asset: asset.value.trim().toUpperCase(), amount: amount.value.trim(), kind: kind.value, reason });
      return `The account has ${grouped(balance.available)} ${balance.asset} free now.`;
    },
  });
}

async function openJob(id) {
  const found = await job(id);
  const dialog = openDialog(`${found.kind === 'order' ? 'Order' : 'Position'} ${found.id}`, [
    h('dl', { class: 'summary' }, Object.entries(found).filter(([, value]) => value !== null).map(([name, value]) =>
      h('div', null, h('dt', null, name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)), h('dd', { class: 'number' }, name.endsWith('At') ? moment(value) : String(value))))),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button danger', onclick: () => { dialog.close(); remove(found); } }, found.kind === 'order' ? 'Cancel it' : 'Take its levels off')),
  ]);
}

const remove = (found) => act({
  title: found.kind === 'order' ? `Cancel order ${found.id}?` : `Take the levels off position ${found.id}?`,
  text: found.kind === 'order' ? 'What it held is free again.' : 'It stays open, without stop loss, take profit, trailing stop and expiry. It is still liquidated when its margin is used up.',
  action: found.kind === 'order' ? 'Cancel it' : 'Take them off',
  run: async () => { await removeJob(found.id); return 'Done.'; },
});
