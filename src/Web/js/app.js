import { showBanner, showHeader } from './header.js';
import { giveStart } from './pages/signIn.js';
import { startRouter } from './router.js';
import { account } from './state/account.js';
import { stream } from './state/live.js';
import { markets } from './state/markets.js';
import { session } from './state/session.js';
import { announce } from './words/announce.js';

/** Starts the page: everything is asked for at once, and shown as it comes. */
stream.open();
const marketsLoaded = markets.load();
await session.start();
account.start();
announce(account.events);
showHeader();
showBanner();
await marketsLoaded;
startRouter();
if (session.isSignedIn) giveStart().catch(() => {});
