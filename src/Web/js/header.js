import { h, replace, setClass, setText } from './components/dom.js';
import { openDeposit } from './components/deposit.js';
import { openSettings } from './components/settings.js';
import { connection } from './state/live.js';
import { markets } from './state/markets.js';
import { session } from './state/session.js';

/** The part of the page that stays: who you are, the theme, whether this page is live. */
export function showHeader() {
  const end = document.getElementById('top-end');
  const live = h('span', { class: 'live', role: 'status' });
  const person = h('div', { class: 'person' });
  end.prepend(live);
  end.append(themeButton(), person);

  connection.watch(() => {
    const isLost = connection.wasOpen && !connection.isOpen;
    setClass(live, `live ${connection.isOpen ? 'on' : 'off'}`);
    setText(live, isLost ? 'Reconnecting' : connection.isOpen ? 'Live' : 'Connecting');
  });
  const places = document.getElementById('places');
  const operator = h('a', { href: '/operator', hidden: true }, 'Operator');
  places.append(operator);
  session.watch(() => { operator.hidden = !session.isOperator; });
  session.watch(() => replace(person, session.isSignedIn ? personMenu() : h('a', { class: 'button small', href: '/sign-in' }, 'Sign in')));
}

function personMenu() {
  return [
    h('button', { type: 'button', class: 'button small primary', onclick: () => openDeposit() }, 'Add paper money'),
    h('button', { type: 'button', class: 'button small quiet initial', 'aria-label': `Account of ${session.person.email}`, onclick: openSettings },
      session.person.email[0].toUpperCase()),
  ];
}

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

function themeButton() {
  const button = h('button', { type: 'button', class: 'icon-button theme', onclick: () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    localStorage.setItem('theme', theme);
    show();
    dispatchEvent(new Event('theme'));
  } });
  const show = () => {
    setText(button, isDark() ? '☾' : '☀');
    button.setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
  };
  show();
  return button;
}

/** Says across the page what stops it from being live. It lies above the page, so that nothing moves. */
export function showBanner() {
  const banner = document.getElementById('banner');
  const show = () => {
    const text = problem();
    setText(banner, text ?? '');
    banner.hidden = text === null;
  };
  connection.watch(show);
  markets.watch(show);
  setInterval(show, 1_000);
}

function problem() {
  if (!markets.isLoaded && performance.now() > 3_000) return 'Waiting for the exchange to answer.';
  if (connection.wasOpen && !connection.isOpen && Date.now() - connection.lostAt > 1_500)
    return 'The connection to the exchange is lost. What you see is old; it comes back by itself.';
  const symbol = /^\/trade\/([^/]+)$/.exec(location.pathname)?.[1];
  const market = symbol && markets.find(symbol);
  if (!market) return null;
  if (market.status === 'HALTED') return `${market.title} is halted. You can cancel, but nothing trades until an operator opens it again.`;
  const feed = markets.feed(market);
  return feed.isStale ? `Prices of ${market.title} are not live (${feed.why ?? feed.text.toLowerCase()}). Nothing trades on them until they are.` : null;
}
