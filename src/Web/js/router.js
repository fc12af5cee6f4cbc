import { h, replace } from './components/dom.js';
import { Scope } from './state/store.js';

/** Which page an address means. Pages are loaded when they are first shown and get a scope that ends when they are left. */
const PAGES = [
  [/^\/(?:markets)?$/, () => import('./pages/markets.js')],
  [/^\/trade$/, () => import('./pages/trade/last.js')],
  [/^\/trade\/([A-Za-z0-9_-]+)$/, () => import('./pages/trade/page.js')],
  [/^\/portfolio$/, () => import('./pages/portfolio.js')],
  [/^\/sign-in$/, () => import('./pages/signIn.js')],
  [/^\/operator$/, () => import('../operator/page.js')],
];

/** Modules of one version come from one address: when that is gone, the exchange has a newer page. */
const OUTDATED = {
  show(into) {
    into.append(h('div', { class: 'sheet' }, h('h1', null, 'This page is out of date'), h('p', null, 'The exchange has a newer one.'),
      h('button', { type: 'button', class: 'button primary', onclick: () => location.reload() }, 'Reload')));
  },
};

const main = document.getElementById('main');
let scope = new Scope();
let shown = 0;

export function startRouter() {
  document.addEventListener('click', followLink);
  addEventListener('popstate', () => show());
  show();
}

export function goTo(address, { instead = false } = {}) {
  if (instead) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  return show();
}

async function show() {
  const turn = ++shown;
  const path = location.pathname;
  for (const link of document.querySelectorAll('#places a')) {
    const isHere = link.pathname === '/' ? path === '/' || path === '/markets' : path.startsWith(link.pathname);
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const found = PAGES.map(([pattern, load]) => ({ match: pattern.exec(path), load })).find(({ match }) => match);
  const page = found ? await found.load().catch(() => OUTDATED) : null;
  if (turn !== shown) return;
  scope.end();
  scope = new Scope();
  replace(main);
  main.className = '';
  scrollTo(0, 0);
  if (page) page.show(main, scope, ...found.match.slice(1));
  else main.append(h('div', { class: 'sheet' }, h('h1', null, 'There is no such page'), h('p', null, h('a', { href: '/' }, 'All markets'))));
}

function followLink(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('a[href]');
  if (!link || link.target || link.origin !== location.origin || !PAGES.some(([pattern]) => pattern.test(link.pathname))) return;
  if (link.hash) return;
  event.preventDefault();
  goTo(link.pathname + link.search);
}
