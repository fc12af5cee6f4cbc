import { call, newId } from './http.js';

/** The routes that this page uses. Everything is documented at /docs. */
const V1 = '/api/v1';
const get = (path, query) => call('GET', V1 + path, { query });
const post = (path, body) => call('POST', V1 + path, { body });

export const markets = () => get('/markets');
export const tickers = () => get('/tickers');
export const trades = (symbol, limit) => get('/trades', { symbol, limit });
export const candles = (symbol, interval, limit, endTime) => get('/klines', { symbol, interval, limit, endTime });

export const whoAmI = () => get('/user/me');
export const signUp = (email) => post('/user/signup', { email });
export const signIn = (email, password) => post('/user/signin', { email, password });
export const signOut = () => post('/user/signout');
export const setPassword = (password) => post('/user/password', { password });

export const balances = () => get('/balances');
export const deposit = (asset, amount) => post('/onramp', { depositId: newId(), asset, amount });

export const firstDeposit = (asset, amount) => post('/onramp', { depositId: 'welcome', asset, amount });

export const placeOrder = (order) => post('/order', { clientOrderId: newId(), ...order });
export const placePair = (pair) => post('/order/oco', { listClientOrderId: newId(), ...pair });
export const cancelOrder = (market, orderId) => call('DELETE', `${V1}/order`, { query: { market, orderId } });
export const cancelAll = (market) => call('DELETE', `${V1}/openOrders`, { query: { market } });
export const openOrders = () => get('/openOrders');
export const orderHistory = (market, cursor) => get('/orders', { market, cursor, limit: 50 });
export const order = (market, orderId) => get('/order', { market, orderId });
export const myTrades = (market, { orderId, cursor } = {}) => get('/myTrades', { market, orderId, cursor, limit: 50 });

export const positions = () => get('/positions');
export const pastPositions = (cursor) => get('/positions/history', { cursor, limit: 50 });
export const pastPosition = (positionId) => get('/position', { positionId });
export const openPosition = (position) => post('/position', { clientPositionId: newId(), ...position });
export const cancelPosition = (positionId) => call('DELETE', `${V1}/position`, { query: { positionId } });
export const triggers = () => get('/triggers');
export const changeLevels = (positionId, levels) => post('/position/levels', { positionId, ...levels });
export const addMargin = (positionId, amount) => post('/position/margin', { positionId, amount, clientRequestId: newId() });
export const closePosition = (positionId, quantity) => post('/position/close', { positionId, quantity });
export const valueHistory = (period, limit) => get('/portfolio/history', { period, limit });
export const resetAccount = () => post('/account/reset', { resetId: newId() });
export const statistics = () => get('/statistics');

export const notifications = (cursor) => get('/notifications', { cursor, limit: 50 });
export const unreadCount = () => get('/notifications/unread');
export const markRead = (upToId) => post('/notifications/read', { upToId });
