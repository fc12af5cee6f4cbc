import { h, setClass, setText } from '../../components/dom.js';

const ROWS = 4;

/** What would come of a ticket, as rows of a name and a text. The rows are always there, so nothing moves when they fill. */
export function summary(count = ROWS) {
  const rows = Array.from({ length: count }, () => ({ name: h('dt'), text: h('dd', { class: 'number' }) }));
  return {
    element: h('dl', { class: 'summary' }, rows.map(({ name, text }) => h('div', null, name, text))),
    show(entries) {
      rows.forEach((row, at) => {
        const [name, text, kind] = entries[at] ?? ['', ''];
        setText(row.name, name);
        setText(row.text, text);
        setClass(row.text, `number ${kind ?? ''}`.trim());
      });
    },
  };
}
