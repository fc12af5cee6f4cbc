/**
 * Builds elements. Text goes in as text, never as markup: nothing that comes from the exchange or from a person is parsed.
 */
const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name === 'css') for (const [rule, text] of Object.entries(value)) element.style.setProperty(rule, text);
    else if (name === 'value' || name === 'checked' || name === 'hidden' || name === 'disabled') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Writes only what differs: text that stays is left alone, so that selections and screen readers are too. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setClass(element, name) {
  if (element.className !== name) element.className = name;
}

export const replace = (element, ...children) => element.replaceChildren(...children.flat(Infinity).filter(Boolean));

/** Keeps a list of elements in step with a list of things: the same thing keeps its element. */
export class KeyedList {
  #parent;
  #make;
  #entries = new Map();

  /** make(item) answers with {element, update(item)}. */
  constructor(parent, make) {
    this.#parent = parent;
    this.#make = make;
  }

  show(items, keyOf) {
    const before = this.#entries;
    const kept = new Set(items.map(keyOf));
    for (const [key, entry] of before) if (!kept.has(key)) entry.element.remove();
    this.#entries = new Map();
    let at = this.#parent.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      const entry = before.get(key) ?? this.#make(item);
      this.#entries.set(key, entry);
      entry.update(item);
      if (entry.element === at) at = at.nextElementSibling;
      else this.#parent.insertBefore(entry.element, at);
    }
  }
}

let lastId = 0;
export const uniqueId = (prefix) => `${prefix}-${++lastId}`;
