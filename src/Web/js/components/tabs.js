import { h, replace, setText, uniqueId } from './dom.js';

/** Tabs as the ARIA practices describe them: one stop for Tab, arrows to move, the panel follows. */
export function tabs(label, items, { onshow, className = '' } = {}) {
  const group = uniqueId('tabs');
  const panel = h('div', { role: 'tabpanel', class: 'tab-panel', tabindex: '0', id: `${group}-panel` });
  const entries = items.map(({ key, title }) => {
    const count = h('span', { class: 'count' });
    const button = h('button', {
      type: 'button', role: 'tab', class: 'tab', id: `${group}-${key}`, 'aria-controls': panel.id, dataset: { key }, onclick: () => show(key),
    }, title, count);
    return { key, button, count };
  });
  const list = h('div', { role: 'tablist', 'aria-label': label, class: 'tab-list', onkeydown: move }, entries.map((entry) => entry.button));
  let current = null;
  let leave = null;

  function show(key) {
    if (key === current) return;
    current = key;
    for (const entry of entries) {
      const isChosen = entry.key === key;
      entry.button.setAttribute('aria-selected', isChosen);
      entry.button.tabIndex = isChosen ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `${group}-${key}`);
    leave?.();
    replace(panel);
    leave = items.find((item) => item.key === key).show(panel) ?? null;
    onshow?.(key);
  }

  function move(event) {
    const at = entries.findIndex((entry) => entry.key === current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = entries[(to + entries.length) % entries.length];
    show(next.key);
    next.button.focus();
  }

  return {
    element: h('section', { class: `tabs ${className}`, 'aria-label': label }, list, panel),
    show,
    get current() { return current; },
    count(key, number) {
      setText(entries.find((entry) => entry.key === key).count, number > 0 ? String(number) : '');
    },
    leave() { leave?.(); },
  };
}
