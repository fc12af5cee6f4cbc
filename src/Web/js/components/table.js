import { h, KeyedList } from './dom.js';

/**
 * A table whose rows stay the same elements while their contents change. On narrow screens the style sheet turns rows into
 * cards, which is why every cell knows its column's title.
 * columns: [{title, className, make() -> element with update(item)}] or {title, className, text(item), tone(item)}.
 */
export function table(caption, columns, { empty, rowKey, onrow } = {}) {
  const body = h('tbody');
  const note = h('p', { class: 'empty' }, empty);
  const element = h('div', { class: 'table-frame' },
    h('table', { class: 'table' },
      h('caption', { class: 'visually-hidden' }, caption),
      h('thead', null, h('tr', null, columns.map(head))),
      body),
    note);
  const list = new KeyedList(body, (item) => row(columns, item, onrow));
  note.hidden = true;

  return {
    element,
    show(items) {
      list.show(items, rowKey);
      note.hidden = items.length > 0;
      element.classList.toggle('is-empty', items.length === 0);
    },
  };
}

/** A column of buttons has a title too, for those who hear the table. */
const head = ({ className, title }) => h('th', { scope: 'col', class: className }, title || h('span', { class: 'visually-hidden' }, 'Actions'));

function row(columns, first, onrow) {
  let item = first;
  const cells = columns.map((column) => {
    const cell = h('td', { class: column.className, dataset: { title: column.title } });
    if (!column.make) return { cell, update: () => write(cell, column, item) };
    const made = column.make(() => item);
    cell.append(made.element);
    return { cell, update: () => made.update?.(item) };
  });
  const element = h('tr', null, cells.map(({ cell }) => cell));
  onrow?.(element, () => item);
  return {
    element,
    update(next) {
      item = next;
      for (const cell of cells) cell.update();
    },
  };
}

function write(cell, column, item) {
  const text = column.text(item);
  if (cell.textContent !== text) cell.textContent = text;
  if (!column.tone) return;
  const name = `${column.className ?? ''} ${column.tone(item)}`.trim();
  if (cell.className !== name) cell.className = name;
}
