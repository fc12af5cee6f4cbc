import { h, uniqueId } from './dom.js';

/** A dialog above the page. The browser keeps the focus inside, gives it back at the end and closes on Escape. */
export function openDialog(title, content, { className = '' } = {}) {
  const id = uniqueId('dialog');
  const element = h('dialog', { class: `dialog ${className}`, 'aria-labelledby': id, onclose: () => element.remove(), onclick: outside },
    h('header', null,
      h('h2', { id }, title),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: () => element.close() }, '✕')),
    h('div', { class: 'dialog-body' }, content));

  function outside(event) {
    if (event.target === element) element.close();
  }

  document.body.append(element);
  element.showModal();
  return { element, close: () => element.close() };
}

/** Asks before something that cannot be taken back. True where the person agreed. */
export function confirm(title, text, action) {
  return new Promise((resolve) => {
    let answer = false;
    const dialog = openDialog(title, [
      h('p', null, text),
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'button quiet', onclick: () => dialog.close() }, 'Keep'),
        h('button', { type: 'button', class: 'button danger', onclick: () => { answer = true; dialog.close(); } }, action)),
    ], { className: 'narrow' });
    dialog.element.addEventListener('close', () => resolve(answer));
  });
}
