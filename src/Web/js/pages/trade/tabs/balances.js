import { openDeposit } from '../../../components/deposit.js';
import { table } from '../../../components/table.js';
import { fixed, shortest } from '../../../money/format.js';
import { account } from '../../../state/account.js';
import { markets } from '../../../state/markets.js';
import { worthOf } from '../../../state/worth.js';
import { actionsColumn, numberColumn } from './cells.js';

export function balancesTab(panel) {
  const view = table('Balances', [
    { title: 'Asset', className: 'market', text: (each) => each.asset },
    numberColumn('Total', (each) => shortest(each.available.plus(each.locked))),
    numberColumn('Available', (each) => shortest(each.available)),
    numberColumn('In orders', (each) => shortest(each.locked)),
    numberColumn('Worth', (each) => {
      const worth = worthOf(each.asset, each.available.plus(each.locked));
      return worth ? `${fixed(worth, 2)} USDT` : '–';
    }),
    actionsColumn(['Add', (each) => `Add paper ${each.asset}`, (each) => openDeposit(each.asset)]),
  ], { empty: 'Nothing here yet. Add paper money to begin.', rowKey: (each) => each.asset });
  panel.append(view.element);
  const draw = () => view.show([...account.balances.values()].filter((each) => !each.available.isZero || !each.locked.isZero));
  const undo = [account.watch(draw), markets.watch(draw)];
  return () => undo.forEach((each) => each());
}
