import { h, replace, setClass, setText } from '../../components/dom.js';

const CLICK_PIXELS = 3;

/**
 * One line over the chart. Where it can change it is a slider: dragged with the pointer, or moved tick by tick with the arrow
 * keys and confirmed with Enter. What it is moved to is shown until the exchange has answered.
 */
export function chartLine(desk, lines, first) {
  const { market } = desk;
  let spec = first;
  let moved = null;
  let isPending = false;
  let drag = null;
  let y = null;

  const text = h('span', { class: 'line-text' });
  const price = h('span', { class: 'line-price number' });
  const buttons = h('span', { class: 'line-buttons' });
  const chip = h('div', { class: 'line-chip' }, text, price);
  const grip = h('div', { class: 'line-grip' });
  const box = h('div', { class: 'line-box' }, chip, buttons);
  const element = h('div', { class: 'chart-line' }, grip, box);
  grip.addEventListener('pointerdown', (event) => spec.move && beginDrag(event, spec));
  chip.addEventListener('pointerdown', (event) => spec.move && beginDrag(event, spec));
  chip.addEventListener('keydown', key);
  chip.addEventListener('blur', () => !isPending && !drag && revert());

  function beginDrag(event, what) {
    if (event.button !== 0 || isPending) return;
    event.preventDefault();
    const source = event.currentTarget;
    source.setPointerCapture(event.pointerId);
    drag = { what, startY: event.clientY, hasMoved: false };
    const onMove = (each) => {
      drag.hasMoved ||= Math.abs(each.clientY - drag.startY) > CLICK_PIXELS;
      if (drag.hasMoved) preview(each.clientY);
    };
    const onEnd = (each) => {
      source.removeEventListener('pointermove', onMove);
      source.removeEventListener('pointerup', onEnd);
      source.removeEventListener('pointercancel', onEnd);
      const { what: dragged, hasMoved } = drag;
      drag = null;
      if (each.type === 'pointerup' && hasMoved && moved) commit(dragged);
      else {
        revert();
        if (each.type === 'pointerup') dragged.open?.();
      }
    };
    source.addEventListener('pointermove', onMove);
    source.addEventListener('pointerup', onEnd);
    source.addEventListener('pointercancel', onEnd);
  }

  function preview(clientY) {
    const { top } = lines.overlay.getBoundingClientRect();
    moved = lines.priceAt(clientY - top);
    draw();
  }

  function key(event) {
    if (!spec.move) return;
    const steps = { ArrowUp: 1n, ArrowDown: -1n, PageUp: 20n, PageDown: -20n }[event.key];
    if (steps) {
      event.preventDefault();
      const next = (moved ?? spec.price).plus(market.priceOf(steps));
      if (next.sign > 0) moved = next;
      draw();
    } else if (event.key === 'Enter' && moved) {
      event.preventDefault();
      commit(spec);
    } else if (event.key === 'Escape') {
      revert();
    }
  }

  async function commit(what) {
    isPending = true;
    draw();
    await what.move(moved);
    isPending = false;
    revert();
  }

  function revert() {
    moved = null;
    draw();
  }

  function draw() {
    const shown = moved ?? spec.price;
    const what = drag?.what ?? spec;
    setClass(element, `chart-line ${what.kind}${spec.move ? ' movable' : ''}${moved ? ' moving' : ''}${isPending ? ' pending' : ''}`);
    setText(text, what.text(shown));
    setText(price, market.price(shown));
    if (spec.move) {
      chip.setAttribute('aria-valuenow', shown.toString());
      chip.setAttribute('aria-valuetext', `${market.price(shown)} ${market.quote}, ${what.text(shown)}`);
    }
    place(lines.size().height);
  }

  function drawButtons() {
    replace(buttons,
      (spec.offers ?? []).map((offer) => h('button', { type: 'button', class: `line-offer ${offer.kind}`, 'aria-label': offer.name, title: `${offer.name}, by dragging or with a click`,
        onpointerdown: (event) => beginDrag(event, offer), onkeydown: (event) => event.key === 'Enter' && offer.open() }, offer.title)),
      spec.remove && h('button', { type: 'button', class: 'line-remove', 'aria-label': spec.remove.name, title: spec.remove.name, onclick: () => spec.remove.run() }, '✕'));
    if (!spec.move) return;
    chip.tabIndex = 0;
    for (const [name, value] of [['role', 'slider'], ['aria-label', spec.name], ['aria-orientation', 'vertical'], ['aria-valuemin', '0'], ['aria-valuemax', market.maxPrice.toString()]])
      chip.setAttribute(name, value);
  }

  /** Lines beyond the edge wait at it, faded, so that they can be found. */
  function place(height) {
    const at = lines.yOf(moved ?? spec.price);
    element.hidden = at === null;
    y = at === null ? null : Math.round(Math.max(0, Math.min(height, at)));
    if (y === null) return;
    element.style.setProperty('transform', `translateY(${y}px)`);
    element.toggleAttribute('data-beyond', y !== Math.round(at));
  }

  let offered = null;
  return {
    element,
    get y() { return y; },
    get labelHeight() { return box.offsetHeight; },
    shiftLabel: (to) => box.style.setProperty('translate', `0 ${Math.round(to - y)}px`),
    place,
    update(next) {
      spec = next;
      const offers = (spec.offers ?? []).map((offer) => offer.key).join();
      if (offers !== offered) {
        offered = offers;
        drawButtons();
      }
      draw();
    },
  };
}
