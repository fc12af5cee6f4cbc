import { numberField, percentSlider } from '../../components/controls.js';
import { openDialog } from '../../components/dialog.js';
import { h } from '../../components/dom.js';
import { decimal } from '../../money/decimal.js';
import { profitAt } from '../../money/estimate.js';
import { shortest, signed } from '../../money/format.js';
import { account } from '../../state/account.js';
import { markets } from '../../state/markets.js';
import { addMargin, closePosition, setLevels } from './actions.js';

const sizeOf = (position, market) => `${position.direction === 'LONG' ? 'Long' : 'Short'} ${shortest(position.quantity)} ${market.base}, entered at ${market.price(position.entryPrice)}`;

/** Stop loss, take profit and trailing of an open position, and more margin for it. */
export function openLevels(position) {
  const market = markets.find(position.symbol);
  const fields = [['stopLoss', 'Stop loss'], ['takeProfit', 'Take profit'], ['trailDistance', 'Trailing distance']].map(([name, label]) => {
    const field = numberField(label, { unit: market.quote, step: market.tick, places: market.pricePlaces, placeholder: 'None', oninput: hint });
    field.set(position[name]);
    return { name, field };
  });
  const margin = numberField('Add margin', { unit: market.quote, placeholder: '0', step: decimal('1') });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const dialog = openDialog('Edit position', h('form', { class: 'form', onsubmit: save },
    h('p', { class: 'lead' }, sizeOf(position, market)),
    fields.map(({ field }) => field.element), margin.element, problem,
    h('button', { class: 'button primary wide', type: 'submit' }, 'Save')), { className: 'narrow' });
  hint();

  function hint() {
    for (const { name, field } of fields) {
      const { value } = field;
      if (name !== 'trailDistance' && value?.sign > 0) field.say(`Then ${signed(profitAt(position, value), market.quotePlaces)} ${market.quote}`);
    }
  }

  async function save(event) {
    event.preventDefault();
    const changes = {};
    for (const { name, field } of fields) {
      if (field.text === '') changes[name] = null;
      else if (!field.value || field.value.sign <= 0) {
        problem.textContent = 'Enter a price, or leave the field empty for none.';
        return;
      } else changes[name] = market.toPrice(field.value);
    }
    if (margin.value?.sign > 0 && !await addMargin(position, margin.value)) return;
    const now = account.positions.get(position.positionId) ?? position;
    const isChanged = fields.some(({ name }) => (changes[name]?.toString() ?? '') !== (now[name]?.toString() ?? ''));
    if (!isChanged || await setLevels(now, changes)) dialog.close();
  }
}

/** A part of a position, or all of it, at the market's price. */
export function openClose(position) {
  const market = markets.find(position.symbol);
  const quantity = numberField('Quantity to close', { unit: market.base, step: market.lot, oninput: () => slider.set(0) });
  const slider = percentSlider('Part of the position', (percent) => {
    quantity.set(percent === 100 ? position.quantity : market.toQuantity(position.quantity.times(decimal(String(percent))).dividedBy(decimal('100'), market.quantityPlaces)));
  });
  quantity.set(position.quantity);
  slider.set(100);
  const dialog = openDialog('Close position', h('form', { class: 'form', onsubmit: close },
    h('p', { class: 'lead' }, sizeOf(position, market)),
    quantity.element, slider.element,
    h('button', { class: 'button primary wide', type: 'submit' }, 'Close at the market’s price')), { className: 'narrow' });

  async function close(event) {
    event.preventDefault();
    const { value } = quantity;
    if (!value || value.sign <= 0 || value.isAbove(position.quantity)) {
      quantity.say(`Enter up to ${shortest(position.quantity)} ${market.base}.`);
      return;
    }
    if (await closePosition(position, value.equals(position.quantity) ? null : value)) dialog.close();
  }
}
