import { Decimal } from '../money/decimal.js';
import { readTyped } from '../money/typed.js';
import { h, setClass, setText, uniqueId } from './dom.js';

/** A choice of few, as one row of buttons. Arrow keys move, as in a group of radio buttons. */
export function segmented(label, options, { value, onchange, className = '' }) {
  let current = value;
  const buttons = options.map(([key, text, tone]) => h('button', {
    type: 'button', role: 'radio', class: `segment ${tone ?? ''}`, dataset: { key }, onclick: () => choose(key),
  }, text));
  const element = h('div', { role: 'radiogroup', 'aria-label': label, class: `segmented ${className}`, onkeydown: move }, buttons);

  function show() {
    for (const button of buttons) {
      const isChosen = button.dataset.key === current;
      button.setAttribute('aria-checked', isChosen);
      button.tabIndex = isChosen ? 0 : -1;
    }
  }

  function choose(key, tell = true) {
    if (key === current) return;
    current = key;
    show();
    if (tell) onchange?.(key);
  }

  function move(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.findIndex((button) => button.dataset.key === current);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    choose(next.dataset.key);
    next.focus();
  }

  show();
  return { element, get value() { return current; }, set(key) { choose(key, false); }, choose };
}

/** A decimal number with its unit. Arrow keys step; a hint below it has a place of its own, so that nothing moves. */
export function numberField(label, { unit = '', step = null, places = 0, oninput, placeholder = '' } = {}) {
  const id = uniqueId('field');
  const input = h('input', {
    id, type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', placeholder, 'aria-describedby': `${id}-hint`,
    oninput: () => { say(''); oninput?.(); }, onkeydown: nudge,
  });
  const unitElement = h('span', { class: 'unit', 'aria-hidden': 'true' }, unit);
  const hint = h('span', { class: 'hint', id: `${id}-hint` });
  const name = h('label', { for: id }, label);
  const element = h('div', { class: 'field' }, name, h('div', { class: 'entry' }, input, unitElement), hint);

  /** A price keeps its places, so that it does not change its length with every step. */
  const write = (value) => value.toFixed(Math.max(places, value.shortest().scale));

  function say(text) {
    setText(hint, text);
    input.toggleAttribute('aria-invalid', text !== '');
  }

  function nudge(event) {
    const direction = { ArrowUp: 1n, ArrowDown: -1n }[event.key];
    const unitStep = typeof step === 'function' ? step() : step;
    if (!direction || !unitStep) return;
    event.preventDefault();
    const size = new Decimal(unitStep.units * direction * (event.shiftKey ? 10n : 1n), unitStep.scale);
    const next = (readTyped(input.value) ?? new Decimal(0n)).plus(size);
    if (next.sign < 0) return;
    input.value = write(next);
    oninput?.();
  }

  return {
    element,
    input,
    say,
    get text() { return input.value.trim(); },
    get value() { return readTyped(input.value); },
    set(value) {
      input.value = value === null ? '' : write(value);
      say('');
    },
    setLabel(text) { setText(name, text); },
    setUnit(text) { setText(unitElement, text); },
  };
}

export function checkbox(label, { onchange, title } = {}) {
  const input = h('input', { type: 'checkbox', onchange });
  const element = h('label', { class: 'check', title }, input, h('span', null, label));
  return { element, input, get value() { return input.checked; }, set value(on) { input.checked = on; } };
}

export function selectField(label, options, { onchange, value } = {}) {
  const id = uniqueId('select');
  const input = h('select', { id, onchange }, options.map(([key, text]) => h('option', { value: key }, text)));
  if (value !== undefined) input.value = value;
  const element = h('div', { class: 'field select' }, h('label', { for: id }, label), h('div', { class: 'entry' }, input));
  return { element, input, get value() { return input.value; }, set value(key) { input.value = key; } };
}

/** Percent of something, with marks to click. */
export function percentSlider(label, oninput) {
  const id = uniqueId('slider');
  const output = h('output', { for: id }, '0%');
  const input = h('input', {
    id, type: 'range', min: '0', max: '100', step: '1', value: '0', 'aria-label': label,
    oninput: () => { show(); oninput(Number(input.value)); },
  });
  const marks = [25, 50, 75, 100].map((mark) => h('button', {
    type: 'button', class: 'mark', 'aria-label': `${mark} percent`, onclick: () => { input.value = mark; show(); oninput(mark); },
  }, `${mark}%`));

  function show() {
    setText(output, `${input.value}%`);
    input.style.setProperty('--part', `${input.value}%`);
  }

  const element = h('div', { class: 'slider' }, h('div', { class: 'slider-row' }, input, output), h('div', { class: 'marks' }, marks));
  return { element, input, set(percent) { input.value = percent; show(); } };
}

export function badge(text, kind = '') {
  const element = h('span', { class: `badge ${kind}` }, text);
  return {
    element,
    show(newText, newKind = '') {
      setText(element, newText);
      setClass(element, `badge ${newKind}`);
    },
  };
}
