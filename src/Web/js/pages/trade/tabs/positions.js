import { segmented } from '../../../components/controls.js';
import { h, replace } from '../../../components/dom.js';
import { table } from '../../../components/table.js';
import { profitAt } from '../../../money/estimate.js';
import { percentOf, percent, shortest, signed, tone } from '../../../money/format.js';
import { account } from '../../../state/account.js';
import { markets } from '../../../state/markets.js';
import { openClose, openLevels } from '../levelsDialog.js';
import { closePosition } from '../actions.js';
import { closedPositions } from './closedPositions.js';
import { waitingPositions } from './waitingPositions.js';
import { actionsColumn, directionColumn, marketColumn, marketOf, numberColumn } from './cells.js';

/** Between two answers of the exchange the profit follows the prices that this page hears. */
function profitOf(position) {
  const market = marketOf(position);
  if (position.state === 'CLOSING' || !market) return position.unrealisedProfit;
  const mark = markOf(position);
  return mark ? profitAt(position, mark) : position.unrealisedProfit;
}

const markOf = (position) => {
  const ticker = markets.ticker(position.symbol);
  const exit = position.direction === 'LONG' ? ticker?.bid : ticker?.ask;
  return exit?.sign > 0 ? exit : position.markPrice;
};

const optional = (field) => (position) => (position[field] ? marketOf(position).price(position[field]) : '–');

/** Those that are open, or at a click those that wait for their price, or those that were. */
export function positionsTab(panel) {
  const body = h('div');
  let leave = null;
  const show = (key) => {
    leave?.();
    replace(body);
    leave = VIEWS[key](body);
  };
  const choice = segmented('Which positions', [['open', 'Open'], ['waiting', 'Waiting'], ['closed', 'Closed']], { value: 'open', className: 'flat', onchange: show });
  panel.append(h('div', { class: 'tab-tools' }, choice.element), body);
  show('open');
  return () => leave();
}

function openPositions(panel) {
  const view = table('Open positions', [
    marketColumn,
    directionColumn,
    numberColumn('Size', (each) => `${shortest(each.quantity)} ${marketOf(each).base}`),
    numberColumn('Entry', (each) => marketOf(each).price(each.entryPrice)),
    numberColumn('Mark', (each) => (markOf(each) ? marketOf(each).price(markOf(each)) : '–')),
    numberColumn('Liquidation', optional('liquidationPrice'), () => 'warn'),
    numberColumn('Stop loss', optional('stopLoss')),
    numberColumn('Take profit', optional('takeProfit')),
    numberColumn('Margin', (each) => `${marketOf(each).amount(each.margin)} ${marketOf(each).quote}`),
    numberColumn('Profit', (each) => {
      const profit = profitOf(each);
      return `${signed(profit, marketOf(each).quotePlaces)} (${percent(percentOf(profit, each.margin, 1), 1)})`;
    }, (each) => tone(profitOf(each))),
    actionsColumn(
      ['Edit', (each) => `Edit the position on ${each.symbol}`, openLevels],
      ['Part', (each) => `Close a part of the position on ${each.symbol}`, openClose],
      ['Close', (each) => `Close the position on ${each.symbol}`, (each) => closePosition(each)]),
  ], { empty: 'No open positions. Open one in the ticket, under Leverage.', rowKey: (each) => each.positionId });
  panel.append(view.element);
  const draw = () => view.show([...account.positions.values()].filter(marketOf));
  const undo = [account.watch(draw), markets.watch(draw)];
  return () => undo.forEach((each) => each());
}

const VIEWS = { open: openPositions, waiting: waitingPositions, closed: closedPositions };
