import * as exchange from '../../api/exchange.js';
import { numberField, percentSlider, segmented, selectField } from '../../components/controls.js';
import { openDeposit } from '../../components/deposit.js';
import { h, setClass, setText } from '../../components/dom.js';
import { toast } from '../../components/toast.js';
import { Decimal, decimal } from '../../money/decimal.js';
import { openPosition, profitAt } from '../../money/estimate.js';
import { percentOf, shortest, signed } from '../../money/format.js';
import { goTo } from '../../router.js';
import { account } from '../../state/account.js';
import { session } from '../../state/session.js';
import { beforePaint } from '../../state/store.js';
import { explainError } from '../../words/errors.js';
import { summary } from './summary.js';

const HUNDRED = decimal('100');
const TEN = decimal('10');

/** Opens a position with leverage. Where it would be liquidated is shown before it is sent. */
export function positionTicket(desk, scope) {
  const { market } = desk;
  const direction = segmented('Direction', [['LONG', 'Long', 'up'], ['SHORT', 'Short', 'down']], { value: 'LONG', className: 'sides', onchange: changed });
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
  const stopLoss = numberField('Stop loss', { unit: market.quote, step: market.tick, places: market.pricePlaces, placeholder: 'None', oninput: changed });
  const takeProfit = numberField('Take profit', { unit: market.quote, step: market.tick, places: market.pricePlaces, placeholder: 'None', oninput: changed });
  const trailing = numberField('Trailing stop', { placeholder: 'None', oninput: changed });
  const trailingUnit = selectField('Trailing in', [['percent', '%'], ['price', market.quote]], { onchange: changed });
  const has = h('p', { class: 'has' });
  const lines = summary(5);
  const problem = h('p', { class: 'problem', role: 'alert' });
  const top = h('button', { type: 'button', class: 'link', hidden: true, onclick: () => openDeposit(market.quote) }, 'Add paper money');
  const submit = h('button', { type: 'submit', class: 'button wide large' });
  const element = h('form', { class: 'form ticket-form', onsubmit: send, 'aria-label': 'Position with leverage' },
    direction.element, margin.element, slider.element, has,
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

  function estimate() {
    const [amount, times] = [margin.value, leverage.value];
    if (!(amount?.sign > 0) || !(times?.sign > 0)) return null;
    const isLong = direction.value === 'LONG';
    return openPosition(market, desk.levelsFor(isLong ? 'BUY' : 'SELL'), direction.value, amount, times);
  }

  function draw() {
    const isLong = direction.value === 'LONG';
    const would = estimate();
    setText(has, session.isSignedIn ? `You have ${market.amount(account.available(market.quote).round(market.quotePlaces, 'down'))} ${market.quote}` : '');
    top.hidden = !session.isSignedIn || !account.isLoaded || account.available(market.quote).sign > 0;
    setText(submit, session.isSignedIn ? `Open ${isLong ? 'long' : 'short'}` : 'Sign in to trade');
    setClass(submit, `button wide large ${isLong ? 'buy' : 'sell'}`);
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

  /** What the form still lacks, in words; the exchange checks everything again. */
  function check() {
    const [amount, times, would] = [margin.value, leverage.value, estimate()];
    if (!(amount?.sign > 0)) return [margin, 'Enter how much you put in.'];
    if (!times || times.isBelow(decimal('1')) || times.isAbove(decimal(String(market.maxLeverage))))
      return [leverage, `Leverage goes from 1 to ${market.maxLeverage}.`];
    if (!would) return [margin, 'There is nothing to trade against at the moment.'];
    if (amount.plus(would.fee).isAbove(account.available(market.quote)))
      return [margin, `You have ${shortest(account.available(market.quote))} ${market.quote}, for margin and fee together.`];
    return checkLevels(would);
  }

  function checkLevels(would) {
    const isLong = direction.value === 'LONG';
    for (const field of [stopLoss, takeProfit, trailing]) {
      if (field.text !== '' && !(field.value?.sign > 0)) return [field, 'Enter a number, or leave it empty for none.'];
    }
    const now = (isLong ? desk.bid : desk.ask) ?? would.average;
    const [stop, goal] = [stopLoss.value, takeProfit.value];
    // A level is on its side where it is further that way than what it is compared with.
    const isBeyond = (level, than, isUp) => (isUp ? level.isAbove(than) : level.isBelow(than));
    const kind = isLong ? 'long' : 'short';
    if (stop && !isBeyond(stop, now, !isLong)) return [stopLoss, `A stop loss of a ${kind} position is ${isLong ? 'below' : 'above'} the price.`];
    if (stop && would.liquidation && !isBeyond(stop, would.liquidation, isLong))
      return [stopLoss, 'The position would be liquidated before this stop loss is reached.'];
    if (goal && !isBeyond(goal, now, isLong)) return [takeProfit, `A take profit of a ${kind} position is ${isLong ? 'above' : 'below'} the price.`];
    return null;
  }

  function body() {
    const levels = {};
    if (stopLoss.value) levels.stopLoss = market.toPrice(stopLoss.value).toString();
    if (takeProfit.value) levels.takeProfit = market.toPrice(takeProfit.value).toString();
    if (trailing.value && trailingUnit.value === 'price') levels.trailDistance = market.toPrice(trailing.value).toString();
    if (trailing.value && trailingUnit.value === 'percent') levels.trailBps = Number(trailing.value.times(HUNDRED).round(0).toString());
    return { market: market.symbol, direction: direction.value, margin: margin.value.toString(), leverage: leverage.value.toString(), ...levels };
  }

  const openedText = ({ quantity, entryPrice }) => `Opened ${direction.value === 'LONG' ? 'long' : 'short'} ${shortest(decimal(quantity))} ${market.base} at ${market.price(decimal(entryPrice))}.`;

  async function send(event) {
    event.preventDefault();
    if (!session.isSignedIn) {
      goTo(`/sign-in?to=${encodeURIComponent(location.pathname)}`);
      return;
    }
    const refused = check();
    problem.textContent = refused?.[1] ?? '';
    if (refused) {
      refused[0].input.focus();
      return;
    }
    isSending = true;
    draw();
    try {
      const { position } = await exchange.openPosition(body());
      await account.reloadPositions();
      toast(position ? openedText(position) : 'The position is open.', 'good');
      for (const field of [margin, stopLoss, takeProfit, trailing]) field.set(null);
      slider.set(0);
    } catch (error) {
      problem.textContent = explainError(error);
    } finally {
      isSending = false;
      draw();
    }
  }

  scope.add(desk.watch(changed));
  scope.add(account.watch(changed));
  scope.add(session.watch(changed));
  return { element };
}
