import { badge } from '../js/components/controls.js';
import { h, setClass, setText } from '../js/components/dom.js';
import { tabs } from '../js/components/tabs.js';
import { moment } from '../js/money/format.js';
import { session } from '../js/state/session.js';
import { emergencyStop, endEmergencyStop, restart, shutDown } from './api.js';
import { act } from './ask.js';
import { auditPanel } from './audit.js';
import { figures } from './figures.js';
import { lettersPanel } from './letters.js';
import { makersPanel } from './makers.js';
import { Monitor } from './monitor.js';
import { symbolsPanel } from './symbols.js';
import { usersPanel } from './users.js';

const HEALTH_TONE = { healthy: 'up', degraded: 'warn', unhealthy: 'down' };

/** What runs, how it goes, and what can be done about it. */
export function show(main, scope) {
  document.title = 'Operator · Orleans Exchange';
  main.className = 'operator-page';
  if (!session.isOperator) {
    main.append(h('div', { class: 'sheet' }, h('h1', null, 'Operator'), h('p', null, 'This is for operators of the exchange. ',
      h('a', { href: '/sign-in?to=/operator' }, 'Sign in'), ' as one; ', h('code', null, 'admin grant EMAIL --data DIR'), ' makes somebody an operator from the next sign-in on.')));
    return;
  }

  const monitor = new Monitor();
  const head = headOf(monitor);
  const numbers = figures();
  const places = tabs('Operator', [
    { key: 'symbols', title: 'Markets', show: (panel) => symbolsPanel(panel, monitor) },
    { key: 'makers', title: 'Market makers', show: makersPanel },
    { key: 'letters', title: 'Dead letters', show: lettersPanel },
    { key: 'users', title: 'Accounts', show: usersPanel },
    { key: 'audit', title: 'Audit log', show: auditPanel },
  ], { className: 'panel' });
  main.append(head.element, numbers.element, places.element);
  places.show('symbols');
  scope.add(() => places.leave());
  scope.add(monitor.watch(() => {
    head.show();
    if (!monitor.last) return;
    numbers.show(monitor);
    places.count('letters', monitor.last.totals.deadLetters);
  }));
  monitor.start();
  scope.add(() => monitor.stop());
}

function headOf(monitor) {
  const health = badge('connecting');
  const trading = badge('');
  const since = h('p', { class: 'lead' });
  const stop = h('button', { type: 'button', class: 'button danger', onclick: stopAll }, 'Emergency stop');
  const resume = h('button', { type: 'button', class: 'button primary', onclick: resumeAll }, 'Take the emergency stop back');
  const dashboard = h('a', { class: 'button quiet', target: '_blank', hidden: true }, 'Orleans Dashboard');
  const close = h('button', { type: 'button', class: 'button quiet', onclick: closeDown }, 'Shut down');
  const again = h('button', { type: 'button', class: 'button quiet', onclick: startOver }, 'Restart');

  return {
    element: h('div', { class: 'page-head' },
      h('div', { class: 'worth' }, h('h1', null, 'Operator'), h('div', { class: 'operator-market', role: 'status' }, health.element, trading.element), since),
      h('div', { class: 'actions' }, dashboard, again, close, stop, resume)),
    show() {
      const sample = monitor.last;
      if (!sample || !monitor.isLive) health.show(sample ? 'reconnecting' : 'connecting', 'warn');
      else health.show(sample.status, HEALTH_TONE[sample.status]);
      const state = sample?.trading;
      trading.show(state ? (state.isStopped ? `trading stopped (${state.kind})` : 'trading') : '', state?.isStopped ? 'down' : 'up');
      setText(since, state?.isStopped ? `By ${state.by}, ${moment(state.since)}${state.reason ? `: ${state.reason}` : ''}` : '');
      setClass(since, state?.isStopped ? 'lead down' : 'lead');
      dashboard.hidden = !sample?.dashboard;
      if (sample?.dashboard) dashboard.href = sample.dashboard;
      stop.hidden = state?.kind === 'emergency';
      resume.hidden = state?.kind !== 'emergency';
      close.hidden = state?.isStopped ?? false;
    },
  };
}

const told = (outcome) => `${outcome.message} ${outcome.silos} silo${outcome.silos === 1 ? '' : 's'} confirmed${outcome.silentSilos > 0 ? `, ${outcome.silentSilos} did not answer` : ''}.`;

const stopAll = () => act({
  title: 'Stop all trading?', text: 'Nothing matches and nothing closes any more, on all markets, until somebody takes this back. Reads and cancels go on.', action: 'Stop everything',
  run: async (reason) => told(await emergencyStop(reason)),
});

const resumeAll = () => act({
  title: 'Take the emergency stop back?', text: 'Markets that were trading trade again. What would have fired meanwhile fires at the first fresh price.', action: 'Trade again',
  run: async (reason) => told(await endEmergencyStop(reason)),
});

const closeDown = () => act({
  title: 'Shut down in good order?', text: 'Trading stops, settlements are delivered, and the symbols go with a snapshot. A restart takes this back.', action: 'Shut down',
  run: async (reason) => { const outcome = await shutDown(reason); return `${outcome.message} ${outcome.isSettled ? 'All is settled.' : 'Some settlements still wait.'}`; },
});

const startOver = () => act({
  title: 'Restart all symbols?', text: 'Every active symbol saves a snapshot and comes back from its journal. Orders that arrive meanwhile wait. A shutdown is taken back, an emergency stop is not.', action: 'Restart',
  run: async (reason) => { const outcome = await restart(reason); return `${outcome.symbols} symbols have started over.`; },
});
