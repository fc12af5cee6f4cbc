import { openDialog } from '../js/components/dialog.js';
import { h, uniqueId } from '../js/components/dom.js';
import { toast } from '../js/components/toast.js';
import { explainError } from '../js/words/errors.js';

const REASON_LENGTH_MAX = 200;

/**
 * Asks before an action, with room for a reason that goes into the audit log, and carries it out. What is refused is said
 * in the dialog, which stays. True where it was done.
 */
export function act({ title, text, action, needsReason = false, extra = [], run }) {
  return new Promise((resolve) => {
    let isDone = false;
    const id = uniqueId('reason');
    const reason = h('input', { id, type: 'text', maxlength: REASON_LENGTH_MAX, required: needsReason, autocomplete: 'off' });
    const problem = h('p', { class: 'problem', role: 'alert' });
    const button = h('button', { type: 'submit', class: 'button danger' }, action);

    async function submit(event) {
      event.preventDefault();
      button.disabled = true;
      try {
        const said = await run(reason.value.trim());
        isDone = true;
        dialog.close();
        toast(said ?? 'Done.', 'good');
      } catch (error) {
        problem.textContent = explainError(error);
        button.disabled = false;
      }
    }

    const dialog = openDialog(title, h('form', { class: 'form', onsubmit: submit },
      h('p', null, text),
      extra,
      h('div', { class: 'field' }, h('label', { for: id }, needsReason ? 'Reason' : 'Reason (may be left out)'), h('div', { class: 'entry' }, reason)),
      problem,
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'button quiet', onclick: () => dialog.close() }, 'Back'), button)), { className: 'narrow' });
    dialog.element.addEventListener('close', () => resolve(isDone));
  });
}
