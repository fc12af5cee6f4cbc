import { h, setText } from '../js/components/dom.js';
import { table } from '../js/components/table.js';
import { moment } from '../js/money/format.js';
import { explainError } from '../js/words/errors.js';
import { auditLog } from './api.js';

/** Who did what, the newest first. */
export function auditPanel(into) {
  let entries = [];
  let cursor = null;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const more = h('button', { type: 'button', class: 'button quiet small', onclick: () => load(true) }, 'More');
  const list = table('Audit log', [
    { title: 'Time', className: 'time', text: (entry) => moment(entry.time) },
    { title: 'Who', text: (entry) => entry.actor },
    { title: 'What', text: (entry) => entry.action },
    { title: 'Details', className: 'news', text: (entry) => entry.detail },
    { title: 'From', text: (entry) => entry.address },
  ], { empty: 'Nothing yet.', rowKey: (entry) => `${entry.time} ${entry.actor} ${entry.action} ${entry.detail}` });
  into.append(h('div', { class: 'tab-tools' }, h('button', { type: 'button', class: 'button quiet small', onclick: () => load(false) }, 'Refresh')), problem, list.element, h('div', { class: 'more' }, more));

  async function load(isMore) {
    try {
      const page = await auditLog(isMore ? cursor : undefined);
      entries = isMore ? [...entries, ...page.entries] : page.entries;
      cursor = page.nextCursor;
      list.show(entries);
      more.hidden = !cursor;
      setText(problem, '');
    } catch (error) {
      setText(problem, explainError(error));
    }
  }

  load(false);
}
