import { h } from './dom.js';

/** What just happened, said once in a corner and to screen readers, and gone by itself. */
const STAY_MS = 6_000;
const SHOWN_MAX = 3;

let region = null;

export function toast(text, kind = '') {
  region ??= document.body.appendChild(h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' }));
  const element = h('div', { class: `toast ${kind}` }, text,
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss', onclick: () => element.remove() }, '✕'));
  region.append(element);
  while (region.children.length > SHOWN_MAX) region.firstElementChild.remove();
  setTimeout(() => element.remove(), STAY_MS);
}
