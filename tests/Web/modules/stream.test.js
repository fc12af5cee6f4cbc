import test from 'node:test';
import assert from 'node:assert/strict';
import { Stream } from '../../../src/Web/js/stream/stream.js';

/** The socket of a server that a test speaks for. */
class FakeSocket {
  static OPEN = 1;
  static last = null;
  readyState = 0;
  sent = [];

  constructor() { FakeSocket.last = this; }

  send(text) { this.sent.push(JSON.parse(text)); }
  close() { this.readyState = 3; }
  opens() { this.readyState = FakeSocket.OPEN; this.onopen(); }
  says(message) { this.onmessage({ data: JSON.stringify(message) }); }
}

const refusal = { code: 'UNAVAILABLE', message: 'Try again.' };

function open(t) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  globalThis.WebSocket = FakeSocket;
  const stream = new Stream('ws://here/ws');
  stream.open();
  return stream;
}

test('What is wanted is asked for when the socket opens, and heard', (t) => {
  const stream = open(t);
  const heard = [];
  stream.listen('trade@A_B', (data) => heard.push(data));
  FakeSocket.last.opens();
  FakeSocket.last.says({ id: FakeSocket.last.sent[0].id, result: null });
  FakeSocket.last.says({ stream: 'trade@A_B', data: 7 });

  assert.deepEqual(FakeSocket.last.sent.map(({ method, params }) => [method, params]), [['SUBSCRIBE', ['trade@A_B']]]);
  assert.deepEqual(heard, [7]);
});

test('A subscription that was refused is asked for again, if it is still wanted', (t) => {
  const stream = open(t);
  stream.listen('trade@A_B', () => {});
  const leave = stream.listen('depth@A_B', () => {});
  FakeSocket.last.opens();
  FakeSocket.last.says({ id: FakeSocket.last.sent[0].id, error: refusal });
  leave();
  t.mock.timers.tick(2_000);

  assert.deepEqual(FakeSocket.last.sent.at(-1).params, ['trade@A_B']);
  FakeSocket.last.says({ id: FakeSocket.last.sent.at(-1).id, result: null });
  const asked = FakeSocket.last.sent.length;
  t.mock.timers.tick(4_000);
  assert.equal(FakeSocket.last.sent.length, asked);
});
