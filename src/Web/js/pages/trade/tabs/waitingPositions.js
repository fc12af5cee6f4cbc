import { table } from '../../../components/table.js';
import { account } from '../../../state/account.js';
import { takeBack } from '../actions.js';
import { actionsColumn, marketColumn, marketOf, numberColumn } from './cells.js';

/** Positions that open when their price is reached. A long is opened at the best ask, a short at the best bid. */
export function waitingPositions(panel) {
  const view = table('Positions that wait for a price', [
    marketColumn,
    {
      title: 'Position',
      className: 'side',
      text: (each) => (each.direction === 'LONG' ? 'Long' : 'Short'),
      tone: (each) => (each.direction === 'LONG' ? 'up' : 'down'),
    },
    numberColumn('Opens when the price', (each) => `${each.isRising ? 'rises' : 'falls'} to ${marketOf(each).price(each.triggerPrice)}`),
    actionsColumn(['Cancel', (each) => `Take back the position on ${each.symbol}`, takeBack]),
  ], { empty: 'No position waits for its price. Open one in the ticket, under Leverage, at a price.', rowKey: (each) => each.positionId });
  panel.append(view.element);
  return account.watch(() => view.show([...account.waiting.values()].filter(marketOf)));
}
