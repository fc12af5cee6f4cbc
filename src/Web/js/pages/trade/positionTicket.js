import * as exchange from '../../api/exchange.js';
import { numberField, percentSlider, segmented, selectField } from '../../components/controls.js';
import { openDeposit } from '../../components/deposit.js';
import { h, setClass, setText } from '../../components/dom.js';
import { toast } from '../../components/toast.js';
import { Decimal, decimal } from '../../money/decimal.js';
import { profitAt } from '../../money/estimate.js';
import { percentOf, shortest, signed } from '../../money/format.js';
import { goTo } from '../../router.js';
import { account } from '../../state/account.js';
import { session } from '../../state/session.js';
import { beforePaint } from '../../state/store.js';
import { explainError } from '../../words/errors.js';
import { checkPosition, estimatePosition, positionBody } from './positionDraft.js';
import { summary } from './summary.js';

const HUNDRED = decimal('100');
const TEN = decimal('10');
const TIMES = [['now', 'Now'], ['later', 'At a price']];

/** Opens a position with leverage, now or when a price is reached. Where it would be liquidated is shown before it is sent. */
export function positionTicket(desk, scope) {
  const { market } = desk;
  const priceField = (label, placeholder) =>
    numberField(label, { unit: market.quote, step: market.tick, places: market.pricePlaces, placeholder, oninput: changed });
  const direction = segmented('Direction', [['LONG', 'Long', 'up'], ['SHORT', 'Short', 'down']], { value: 'LONG', className: 'sides', onchange: changed });
  const time = segmented('When to open', TIMES, { value: 'now', className: 'types', onchange: changed });
  const triggerPrice = priceField('Trigger price');
  const margin = numberField('Margin', { unit: market.quote, step: decimal('1'), oninput: () => { slider.set(0); changed(); } });
  const slider = percentSlider('Part of what you have', (part) => {
    margin.set(account.available(market.quote).times(new Decimal(BigInt(part))).dividedBy(HUNDRED, market.quotePlaces));
    changed();
  });
  const leverage = numberField('Leverage', { unit: '×', step: decimal('1'), oninput: () => { drawLeverage(); changed(); } });
  const range = h('input', { type: 'range', min: '1', max: String(market.maxLeverage), step: '1', 'aria-label': 'Leverage', oninput: () => {
    leverage.set(decimal(range.value));
    drawLeverage();
    changed();
  } });
  const stopLoss = priceField('Stop loss', 'None');
  const takeProfit = priceField('Take profit', 'None');
  const trailing = numberField('Trailing stop', { placeholder: 'None', oninput: changed });
  const trailingUnit = selectField('Trailing in', [['percent', '%'], ['price', market.quote]], { onchange: changed });
  const has = h('p', { class: 'has' });
  const lines = summary(5);
  const problem = h('p', { class: 'problem', role: 'alert' });
  const top = h('button', { type: 'button', class: 'link', hidden: true, onclick: () => openDeposit(market.quote) }, 'Add paper money');
  const submit = h('button', { type: 'submit', class: 'button wide large' });
  const fields = { triggerPrice, margin, leverage, stopLoss, takeProfit, trailing };
  const element = h('form', { class: 'form ticket-form', onsubmit: send, 'aria-label': 'Position with leverage' },
    direction.element, time.element, triggerPrice.element, margin.element, slider.element, has,
    h('div', { class: 'leverage' }, leverage.element, range),
    h('div', { class: 'pair' }, stopLoss.element, takeProfit.element),
    h('div', { class: 'pair trailing' }, trailing.element, trailingUnit.element),
    lines.element, h('div', { class: 'submit-row' }, problem, top, submit));
  let isSending = false;
  leverage.set(TEN.min(decimal(String(market.maxLeverage))));
  drawLeverage();

  function drawLeverage() {
    range.value = leverage.value?.toString() ?? '1';
    range.style.setProperty('--part', `${((Number(range.value) - 1) / Math.max(1, market.maxLeverage - 1)) * 100}%`);
  }

  function changed() { beforePaint(draw); }

  /** What the form says, read anew for each use. */
  function draft() {
    const level = (field) => ({ value: field.value, isEmpty: field.text === '' });
    return {
      direction: direction.value,
      waits: time.value === 'later',
      triggerPrice: triggerPrice.value,
      margin: margin.value,
      leverage: leverage.value,
      stopLoss: level(stopLoss),
      takeProfit: level(takeProfit),
      trailing: level(trailing),
      trailingUnit: trailingUnit.value,
    };
  }

  function draw() {
    const now = draft();
    const side = now.direction === 'LONG' ? 'long' : 'short';
    const would = estimatePosition(desk, now);
    triggerPrice.element.hidden = !now.waits;
    setText(has, session.isSignedIn ? `You have ${market.amount(account.available(market.quote).round(market.quotePlaces, 'down'))} ${market.quote}` : '');
    top.hidden = !session.isSignedIn || !account.isLoaded || account.available(market.quote).sign > 0;
    setText(submit, session.isSignedIn ? `Open ${side}${now.waits ? ' at this price' : ''}` : 'Sign in to trade');
    setClass(submit, `button wide large ${side === 'long' ? 'buy' : 'sell'}`);
    submit.disabled = isSending;
    trailingUnit.element.dataset.unit = trailingUnit.value;
    lines.show([
      ['Size', would ? `${shortest(would.quantity)} ${market.base}` : '–'],
      ['Expected entry', would ? `${market.price(would.average)} ${market.quote}` : '–'],
      ['Liquidation price', would ? liquidationText(would) : '–', 'warn'],
      ['At stop loss', atLevel(would, stopLoss.value), 'down'],
      ['Fee', would ? `${shortest(would.fee, market.quotePlaces)} ${market.quote}` : '–'],
    ]);
  }

  function liquidationText({ liquidation, average }) {
    if (!liquidation) return 'None';
    const away = percentOf(liquidation.minus(average).abs(), average, 2);
    return `${market.price(liquidation)} ${market.quote} (${shortest(away)}% away)`;
  }

  const atLevel = (would, level) => (would && level?.sign > 0
    ? `${signed(profitAt({ direction: direction.value, entryPrice: would.average, quantity: would.quantity }, level), market.quotePlaces)} ${market.quote}` : '–');

  const sideText = ({ direction: to }) => (to === 'LONG' ? 'long' : 'short');
  const openedText = (each) => `Opened ${sideText(each)} ${shortest(decimal(each.quantity))} ${market.base} at ${market.price(decimal(each.entryPrice))}.`;
  const waitingText = (each) => `Your ${sideText(each)} position opens when the price ${each.triggerDirection === 'RISING' ? 'rises' : 'falls'} to ${market.price(decimal(each.triggerPrice))}.`;

  async function send(event) {
    event.preventDefault();
    if (!session.isSignedIn) {
      goTo(`/sign-in?to=${encodeURIComponent(location.pathname)}`);
      return;
    }
    const now = draft();
    const refused = checkPosition(desk, now, account.available(market.quote));
    problem.textContent = refused?.text ?? '';
    if (refused) {
      fields[refused.field].input.focus();
      return;
    }
    isSending = true;
    draw();
    try {
      const { position, waiting } = await exchange.openPosition(positionBody(desk, now));
      await account.reloadPositions();
      toast(position ? openedText(position) : waiting ? waitingText(waiting) : 'The position is open.', 'good');
      for (const field of [triggerPrice, margin, stopLoss, takeProfit, trailing]) field.set(null);
      slider.set(0);
    } catch (error) {
      problem.textContent = explainError(error);
    } finally {
      isSending = false;
      draw();
    }
  }

  scope.on(desk.picks, 'price', ({ detail }) => {
    if (time.value !== 'later') return;
    triggerPrice.set(detail.price);
    changed();
  });
  scope.add(desk.watch(changed));
  scope.add(account.watch(changed));
  scope.add(session.watch(changed));
  return { element };
}
