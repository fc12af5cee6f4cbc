import { call, newId } from '../js/api/http.js';

/** The operators' routes. Everything is documented at /docs. */
const ADMIN = '/api/admin';
const LETTERS = '/api/v1/admin/dead-letters';
const get = (path, query) => call('GET', ADMIN + path, { query });
const post = (path, body) => call('POST', ADMIN + path, { body });

/** An empty reason is none. */
const because = (reason) => (reason ? { reason } : undefined);

export const MONITOR = `${ADMIN}/workers/monitor/stream`;

export const emergencyStop = (reason) => post('/workers/emergency-stop', because(reason));
export const endEmergencyStop = (reason) => call('DELETE', `${ADMIN}/workers/emergency-stop`, { body: because(reason) });
export const shutDown = (reason) => post('/workers/shutdown', because(reason));
export const restart = (reason, symbol) => post('/workers/restart', symbol || reason ? { symbol, reason: reason || undefined } : undefined);
export const job = (id) => get(`/workers/jobs/${encodeURIComponent(id)}`);
export const removeJob = (id) => call('DELETE', `${ADMIN}/workers/jobs/${encodeURIComponent(id)}`);

export const actOnSymbol = (symbol, action, reason) => post(`/symbols/${symbol}/${action}`, because(reason));

export const users = (cursor, email) => get('/users', { limit: 50, cursor, email: email || undefined });
export const user = (userId) => get(`/users/${userId}`);
export const freeze = (userId, reason) => post(`/users/${userId}/freeze`, { reason });
export const unfreeze = (userId, reason) => post(`/users/${userId}/unfreeze`, { reason });
export const adjust = (userId, adjustment) => post(`/users/${userId}/adjust`, { adjustmentId: newId(), ...adjustment });

export const makers = () => get('/market-makers');
export const changeMaker = (symbol, changes) => post(`/market-makers/${symbol}`, changes);

export const deadLetters = (cursor) => call('GET', LETTERS, { query: { limit: 50, cursor } });
export const retryLetter = (id) => call('POST', `${LETTERS}/${id}/retry`);
export const dropLetter = (id, reason) => call('DELETE', `${LETTERS}/${id}`, { body: { reason } });

export const auditLog = (cursor) => get('/audit', { limit: 50, cursor });
