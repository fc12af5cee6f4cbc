import * as exchange from '../../api/exchange.js';
import { checkbox, numberField, percentSlider, segmented, selectField } from '../../components/controls.js';
import { openDeposit } from '../../components/deposit.js';
import { h, setClass, setText } from '../../components/dom.js';
import { toast } from '../../components/toast.js';
import { Decimal, decimal } from '../../money/decimal.js';
import { shortest } from '../../money/format.js';
import { goTo } from '../../router.js';
import { account } from '../../state/account.js';
import { markets } from '../../state/markets.js';
import { session } from '../../state/session.js';
import { beforePaint } from '../../state/store.js';
import { explainError } from '../../words/errors.js';
import { checkSpot, estimateSpot, spotBody } from './spotOrder.js';
import { summary } from './summary.js';

const TYPES = [['limit', 'Limit'], ['market', 'Market'], ['stop', 'Stop'], ['trailing', 'Trail'], ['oco', 'OCO']];
const HUNDRED = decimal('100');

/** Buys and sells coins. Everything that an order would do is shown before it is sent. */
export function spotTicket(desk, scope) {
  const { market } = desk;
  const side = segmented('Side', [['BUY', 'Buy', 'up'], ['SELL', 'Sell', 'down']], { value: 'BUY', className: 'sides', onchange: changed });
  const type = segmented('Order type', TYPES, { value: 'limit', className: 'types', onchange: changed });
  const price = numberField('Price', { unit: market.quote, step: market.tick, places: market.pricePlaces, oninput: changed });
  const stopPrice = numberField('Stop price', { unit: market.quote, step: market.tick, places: market.pricePlaces, oninput: changed });
  const stopLimit = numberField('Limit after the stop', { unit: market.quote, step: market.tick, places: market.pricePlaces, placeholder: 'Market price', oninput: changed });
  const trail = numberField('Stays behind by', { unit: '%', step: decimal('0.1'), oninput: changed });
  const followFrom = numberField('Follows from', { unit: market.quote, step: market.tick, places: market.pricePlaces, placeholder: 'Now', oninput: changed });
  const iceberg = numberField('Show at a time', { unit: market.base, step: market.lot, placeholder: 'All of it', oninput: changed });
  const quantity = numberField('Quantity', { unit: market.base, step: () => (isQuote ? decimal('1') : market.lot), oninput: () => { slider.set(0); changed(); } });
  const unit = h('button', { type: 'button', class: 'unit-switch', onclick: () => { isQuote = !isQuote; slider.set(0); quantity.set(null); changed(); } });
  const slider = percentSlider('Part of what you have', (percent) => { part = percent; takePart(); changed(); });
  const postOnly = checkbox('Post-only', { title: 'Only wait in the book, never trade at once', onchange: changed });
  const patience = selectField('Time in force', [['GTC', 'Until cancelled'], ['IOC', 'At once, the rest ends'], ['FOK', 'All at once or nothing']], { onchange: changed });
  const has = h('p', { class: 'has' });
  const lines = summary();
  const problem = h('p', { class: 'problem', role: 'alert' });
  const submit = h('button', { type: 'submit', class: 'button wide large' });
  const top = h('button', { type: 'button', class: 'link', hidden: true, onclick: () => openDeposit(spendAsset()) }, 'Add paper money');
  const options = h('div', { class: 'options' }, postOnly.element, patience.element);
  const element = h('form', { class: 'form ticket-form', onsubmit: send, 'aria-label': 'Spot order' },
    side.element, type.element, trail.element, followFrom.element, stopPrice.element, price.element, stopLimit.element,
    h('div', { class: 'with-switch' }, quantity.element, unit), slider.element, has, iceberg.element, options, lines.element,
    h('div', { class: 'submit-row' }, problem, top, submit));
  const fields = { price, stopPrice, stopLimit, trail, followFrom, iceberg, quantity };
  let isQuote = false;
  let part = 0;
  let isSending = false;

  const spendAsset = () => (side.value === 'BUY' ? market.quote : market.base);

  const amountText = () => (side.value === 'BUY' ? market.amount(account.available(market.quote).round(market.quotePlaces, 'down')) : shortest(account.available(market.base)));

  /** What the form says, read anew for each use. */
  function draft() {
    const amount = quantity.value;
    const mayUseQuote = type.value === 'limit' || type.value === 'market' || type.value === 'stop';
    return {
      side: side.value,
      type: type.value,
      price: price.value,
      stopPrice: type.value === 'trailing' ? null : stopPrice.value,
      stopLimit: stopLimit.text === '' ? null : stopLimit.value,
      trail: trail.value,
      followFrom: followFrom.value,
      followsAtOnce: followFrom.text === '',
      iceberg: iceberg.value,
      hasIceberg: iceberg.text !== '',
      quantity: isQuote && mayUseQuote ? null : amount,
      quoteAmount: isQuote && mayUseQuote ? amount : null,
      isPostOnly: postOnly.value,
      timeInForce: patience.value,
    };
  }

  /** The slider counts what the side spends: the quote asset to buy, the base asset to sell. */
  function takePart() {
    const available = account.available(spendAsset()).times(new Decimal(BigInt(part))).dividedBy(HUNDRED, 18);
    if (side.value === 'SELL') {
      if (isQuote) isQuote = false;
      quantity.set(market.toQuantity(available));
      return;
    }
    const at = { limit: price.value, oco: price.value, stop: stopLimit.value ?? stopPrice.value }[type.value] ?? desk.ask;
    if (type.value === 'market' || !at || at.sign <= 0) {
      isQuote = true;
      quantity.set(available.round(market.quotePlaces, 'down'));
    } else {
      isQuote = false;
      quantity.set(market.toQuantity(available.dividedBy(at, market.quantityPlaces)));
    }
  }

  function changed() { beforePaint(draw); }

  function draw() {
    const now = draft();
    const isBuy = now.side === 'BUY';
    price.element.hidden = now.type !== 'limit' && now.type !== 'oco';
    price.setLabel(now.type === 'oco' ? 'Limit price' : 'Price');
    stopPrice.element.hidden = now.type !== 'stop' && now.type !== 'oco';
    stopLimit.element.hidden = stopPrice.element.hidden;
    trail.element.hidden = followFrom.element.hidden = now.type !== 'trailing';
    iceberg.element.hidden = options.hidden = now.type !== 'limit';
    patience.input.disabled = now.isPostOnly;
    unit.hidden = now.type === 'oco' || now.type === 'trailing';
    if (unit.hidden) isQuote = false;
    quantity.setUnit(isQuote ? market.quote : market.base);
    quantity.setLabel(isQuote ? 'Amount' : 'Quantity');
    setText(unit, isQuote ? `in ${market.base}` : `in ${market.quote}`);
    setText(has, session.isSignedIn ? `You have ${amountText()} ${spendAsset()}` : '');
    top.hidden = !session.isSignedIn || !account.isLoaded || account.available(spendAsset()).sign > 0;
    setText(submit, session.isSignedIn ? `${isBuy ? 'Buy' : 'Sell'} ${market.base}` : 'Sign in to trade');
    setClass(submit, `button wide large ${isBuy ? 'buy' : 'sell'}`);
    submit.disabled = isSending;
    element.dataset.side = now.side;
    lines.show(estimateSpot(desk, now));
  }

  async function send(event) {
    event.preventDefault();
    if (!session.isSignedIn) {
      goTo(`/sign-in?to=${encodeURIComponent(location.pathname)}`);
      return;
    }
    const now = draft();
    const refused = checkSpot(desk, now, account.available(spendAsset()));
    problem.textContent = refused?.text ?? '';
    if (refused) {
      fields[refused.field].input.focus();
      return;
    }
    isSending = true;
    draw();
    try {
      const { route, body } = spotBody(desk, now);
      const placed = await exchange[route](body);
      if (placed.status === 'NEW' && now.type === 'trailing') toast(`Your order to ${now.side === 'BUY' ? 'buy' : 'sell'} follows the market.`, 'good');
      else if (placed.status === 'NEW') toast(`Your order to ${now.side === 'BUY' ? 'buy' : 'sell'} waits in the book.`, 'good');
      else if (placed.status === 'EXPIRED') toast('The order ended without filling. Its history says why.', 'bad');
      for (const field of [quantity, iceberg]) field.set(null);
      slider.set(0);
    } catch (error) {
      problem.textContent = explainError(error, { side: now.side });
    } finally {
      isSending = false;
      draw();
    }
  }

  /** A price to begin with: the nearest one of the side that an order would wait at. */
  function suggest() {
    if (price.text !== '' || isSuggested) return;
    const best = side.value === 'BUY' ? desk.bid : desk.ask;
    if (!best) return;
    isSuggested = true;
    price.set(best);
    changed();
  }
  let isSuggested = false;

  scope.on(desk.picks, 'price', ({ detail }) => {
    if (type.value === 'market') type.set('limit');
    ({ stop: stopPrice, trailing: followFrom }[type.value] ?? price).set(detail.price);
    if (part > 0) takePart();
    changed();
  });
  scope.add(desk.watch(() => { suggest(); changed(); }));
  scope.add(account.watch(changed));
  scope.add(markets.watch(changed));
  scope.add(session.watch(changed));

  return {
    element,
    choose(nextSide, nextType) {
      if (nextSide) side.set(nextSide);
      if (nextType) type.set(nextType);
      changed();
    },
    focus: (field) => fields[field].input.focus(),
  };
}
