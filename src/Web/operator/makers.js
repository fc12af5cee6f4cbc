import { openDialog } from '../js/components/dialog.js';
import { h, setText, uniqueId } from '../js/components/dom.js';
import { badge } from '../js/components/controls.js';
import { table } from '../js/components/table.js';
import { toast } from '../js/components/toast.js';
import { grouped } from '../js/money/format.js';
import { explainError } from '../js/words/errors.js';
import { changeMaker, makers } from './api.js';
import { act } from './ask.js';

const REFRESH_MS = 2_000;
const STATE_TONE = { QUOTING: 'up', OFF: '', REFERENCE_STALE: 'down', MARKET_CLOSED: 'warn', REFUSED: 'down' };

/** Numbers without a point are sent as numbers, decimals as text. */
const FIELDS = [
  ['levels', 'Quotes on each side', 'number'], ['halfSpreadBps', 'Half the spread, basis points', 'number'], ['stepBps', 'Step, basis points', 'number'],
  ['skewBps', 'Skew at a full inventory, basis points', 'number'], ['requoteBps', 'Requote from, basis points', 'number'],
  ['levelQuantity', 'Size of the inner quote', 'decimal'], ['growthPercent', 'Growth of each further quote, percent', 'number'],
  ['positionMax', 'Inventory at most, from its target', 'decimal'], ['exposureMax', 'All quotes worth at most', 'decimal'],
  ['referencePrice', 'Reference price', 'decimal'], ['referenceRangeBps', 'A walk gets this far, basis points', 'number'],
  ['referenceSymbol', 'Reference market', 'text'], ['referenceFactor', 'Times a factor', 'decimal'],
];

export function makersPanel(into) {
  const list = table('Market makers', [
    { title: 'Market', className: 'market', text: (maker) => maker.symbol.replace('_', '/') },
    { title: 'State', make: state },
    { title: 'Quotes around', className: 'number', text: (maker) => (maker.quotedAround === '0' ? '–' : grouped(maker.quotedAround)) },
    { title: 'Open quotes', className: 'number', text: (maker) => String(maker.openQuotes) },
    { title: 'Worth', className: 'number', text: (maker) => grouped(maker.exposure) },
    { title: 'Inventory', className: 'number', text: (maker) => `${grouped(maker.position)} of ${grouped(maker.positionMax)}` },
    { title: 'Placed, cancelled', className: 'number', text: (maker) => `${maker.placed}, ${maker.cancelled}` },
    { title: 'Account', className: 'number', text: (maker) => maker.userId },
    { title: '', className: 'row-actions', make: buttons },
  ], { empty: 'Every market has a venue; none needs a maker.', rowKey: (maker) => maker.symbol });
  const problem = h('p', { class: 'problem', role: 'alert' });
  into.append(problem, list.element);

  async function load() {
    try {
      list.show((await makers()).marketMakers);
      setText(problem, '');
    } catch (error) {
      setText(problem, explainError(error));
    }
  }

  function buttons(current) {
    const toggle = h('button', { type: 'button', class: 'button tiny', onclick: () => toggleMaker(current()).then(load) });
    const edit = h('button', { type: 'button', class: 'button tiny', onclick: () => openSettings(current(), load) }, 'Settings');
    return {
      element: h('span', { class: 'row-buttons' }, toggle, edit),
      update(maker) {
        setText(toggle, maker.enabled ? 'Switch off' : 'Switch on');
        toggle.setAttribute('aria-label', `${toggle.textContent} the market maker of ${maker.symbol}`);
        edit.setAttribute('aria-label', `Settings of the market maker of ${maker.symbol}`);
      },
    };
  }

  load();
  const timer = setInterval(load, REFRESH_MS);
  return () => clearInterval(timer);
}

function state() {
  const shown = badge('');
  const why = h('span', { class: 'hint' });
  return {
    element: h('div', { class: 'operator-market' }, shown.element, why),
    update(maker) {
      shown.show(maker.state.toLowerCase().replace('_', ' '), STATE_TONE[maker.state]);
      setText(why, maker.isAllowed ? (maker.state === 'REFUSED' ? maker.reason : '') : 'not allowed by the configuration');
    },
  };
}

const toggleMaker = (maker) => act({
  title: `${maker.enabled ? 'Switch off' : 'Switch on'} the market maker of ${maker.symbol}?`,
  text: maker.enabled ? 'It takes all its quotes back.' : 'It quotes with the settings that it has.',
  action: maker.enabled ? 'Switch off' : 'Switch on',
  run: async () => `The market maker of ${maker.symbol} is ${(await changeMaker(maker.symbol, { enabled: !maker.enabled })).enabled ? 'on' : 'off'}.`,
});

function openSettings(maker, whenChanged) {
  const inputs = FIELDS.map(([name, label, kind]) => {
    const id = uniqueId(name);
    const input = h('input', { id, type: 'text', inputmode: kind === 'text' ? 'text' : 'decimal', value: String(maker[name]), autocomplete: 'off' });
    return { name, kind, input, element: h('div', { class: 'field' }, h('label', { for: id }, label), h('div', { class: 'entry' }, input)) };
  });
  const kindId = uniqueId('reference');
  const kind = h('select', { id: kindId }, ['FIXED', 'WALK', 'MARKET'].map((each) => h('option', { value: each }, { FIXED: 'Fixed price', WALK: 'Simulated walk', MARKET: 'Another market' }[each])));
  kind.value = maker.reference;
  const problem = h('p', { class: 'problem', role: 'alert' });

  async function save(event) {
    event.preventDefault();
    const changes = {};
    if (kind.value !== maker.reference) changes.reference = kind.value;
    for (const { name, kind: type, input } of inputs) {
      const text = input.value.trim();
      if (text === String(maker[name]) || text === '') continue;
      changes[name] = type === 'number' && /^\d+$/.test(text) ? Number(text) : text;
    }
    if (Object.keys(changes).length === 0) return dialog.close();
    try {
      await changeMaker(maker.symbol, changes);
      dialog.close();
      toast(`The market maker of ${maker.symbol} has its new settings.`, 'good');
      whenChanged();
    } catch (error) {
      problem.textContent = explainError(error);
    }
  }

  const dialog = openDialog(`Market maker of ${maker.symbol}`, h('form', { class: 'form operator-settings', onsubmit: save },
    inputs.slice(0, 9).map((each) => each.element),
    h('div', { class: 'field select' }, h('label', { for: kindId }, 'Reference'), h('div', { class: 'entry' }, kind)),
    inputs.slice(9).map((each) => each.element),
    problem,
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button quiet', onclick: () => dialog.close() }, 'Back'),
      h('button', { type: 'submit', class: 'button primary' }, 'Save'))));
}
