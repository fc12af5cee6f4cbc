import { Decimal, ZERO, decimal } from './decimal.js';
import { fixed, shortest } from './format.js';

/** What orders of one market must obey, and how its prices and quantities are written. */
export class Market {
  constructor(info) {
    const filter = (type) => info.filters.find((each) => each.filterType === type) ?? {};
    this.symbol = info.symbol;
    this.status = info.status;
    this.base = info.baseAsset;
    this.quote = info.quoteAsset;
    this.quotePrecision = info.quoteAssetPrecision;
    this.venue = info.venue ?? null;
    this.maxLeverage = info.maxLeverage;
    this.makerFeeBps = info.makerFeeBps;
    this.takerFeeBps = info.takerFeeBps;
    this.tick = decimal(filter('PRICE_FILTER').tickSize);
    this.maxPrice = decimal(filter('PRICE_FILTER').maxPrice);
    this.lot = decimal(filter('LOT_SIZE').stepSize);
    this.minQuantity = decimal(filter('LOT_SIZE').minQuantity);
    this.maxQuantity = decimal(filter('LOT_SIZE').maxQuantity);
    this.maxMarketQuantity = decimal(filter('MARKET_LOT_SIZE').maxQuantity ?? filter('LOT_SIZE').maxQuantity);
    this.minNotional = decimal(filter('NOTIONAL').minNotional ?? '0');
    this.pricePlaces = this.tick.scale;
    this.quantityPlaces = this.lot.scale;
    this.terms = readTerms(info.positions);
  }

  get title() { return `${this.base}/${this.quote}`; }
  get hasPositions() { return this.maxLeverage > 1; }
  /** As many places as amounts of the quote asset are shown with. */
  get quotePlaces() { return Math.min(2, this.quotePrecision); }

  price(value) { return fixed(value, this.pricePlaces); }
  quantity(value) { return fixed(value, this.quantityPlaces); }
  amount(value) { return fixed(value, this.quotePlaces); }

  /** Straight from the texts of the wire, as a book gets hundreds of them a second. */
  ticksIn(text) { return this.ticksOf(decimal(text)); }
  lotsIn(text) { return this.lotsOf(decimal(text)); }

  ticksOf(price) { return price.inUnitsOf(this.tick); }
  priceOf(ticks) { return new Decimal(ticks * this.tick.units, this.tick.scale); }
  lotsOf(quantity) { return quantity.inUnitsOf(this.lot); }
  quantityOf(lots) { return new Decimal(lots * this.lot.units, this.lot.scale); }

  toPrice(value, rounding = 'half') { return value.toMultipleOf(this.tick, rounding); }
  toQuantity(value) { return value.toMultipleOf(this.lot, 'down'); }

  /** Why a price cannot be used here, in words; null where it can. */
  refusePrice(price) {
    if (price === null) return 'Enter a price.';
    if (price.sign <= 0) return 'The price has to be above zero.';
    if (price.isAbove(this.maxPrice)) return `The highest price here is ${this.price(this.maxPrice)}.`;
    return price.isMultipleOf(this.tick) ? null : `Prices here go in steps of ${this.tick}.`;
  }

  refuseQuantity(quantity, isMarketOrder = false) {
    const most = isMarketOrder ? this.maxMarketQuantity : this.maxQuantity;
    if (quantity === null) return 'Enter a quantity.';
    if (quantity.isBelow(this.minQuantity)) return `The smallest quantity is ${shortest(this.minQuantity)} ${this.base}.`;
    if (quantity.isAbove(most)) return `The largest quantity is ${shortest(most)} ${this.base}.`;
    return quantity.isMultipleOf(this.lot) ? null : `Quantities here go in steps of ${this.lot} ${this.base}.`;
  }

  refuseNotional(notional) {
    return notional.isBelow(this.minNotional) ? `An order has to be worth at least ${shortest(this.minNotional)} ${this.quote}.` : null;
  }
}

function readTerms(given) {
  return {
    maintenanceBps: given?.maintenanceBps ?? 0,
    entryFeeBps: given?.entryFeeBps ?? 0,
    exitFeeBps: given?.exitFeeBps ?? 0,
    marginMin: given ? decimal(given.marginMin) : ZERO,
  };
}
