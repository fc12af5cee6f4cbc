import { h } from '../../../components/dom.js';

/** A list that is read page by page, the newest first; what happens meanwhile is put on top. */
export function paged(panel, view, read) {
  let items = [];
  let cursor = null;
  let turn = 0;
  const more = h('button', { type: 'button', class: 'button small', hidden: true, onclick: () => load(cursor) }, 'Show older');
  panel.append(view.element, h('div', { class: 'more' }, more));

  async function load(from) {
    const mine = ++turn;
    more.disabled = true;
    const page = await read(from).catch(() => null);
    if (mine !== turn) return;
    more.disabled = false;
    if (!page) return;
    items = from ? [...items, ...page.items] : page.items;
    cursor = page.next;
    more.hidden = !cursor;
    view.show(items);
  }

  load(null);
  return { reload: () => load(null) };
}
