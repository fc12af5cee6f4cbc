import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const EXECUTABLE = process.env.EXCHANGE_SILO ?? join(ROOT, 'artifacts/embedded/bin/Silo/release/Exchange.Silo');
const START_MS_MAX = 60_000;

/** The venue is livelier than usual, so that stops are reached soon; its past is waited for; where users meet they are alone. */
const SETTINGS = [
  '--urls', 'http://127.0.0.1:0', '--RateLimits:Scale=0', '--Feed:Simulated:Assets:BTC:Volatility=3', '--Symbols:VenuePastWait=00:01:00',
  '--MarketMaker:Enabled=false',
];

/** A real exchange on a data folder of its own. */
export async function startSilo(...more) {
  const folder = await mkdtemp(join(tmpdir(), 'exchange-web-'));
  const silo = spawn(EXECUTABLE, ['--data', folder, ...SETTINGS, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => silo.once('exit', resolve));
  const url = await addressOf(silo);
  await wakeMarkets(url);
  return {
    url,
    async stop() {
      silo.kill('SIGTERM');
      const killer = setTimeout(() => silo.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(killer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Markets learn their venue's past when they are first asked for, which takes its time on a busy machine. */
async function wakeMarkets(url) {
  const markets = await (await fetch(`${url}/api/v1/markets`)).json();
  await Promise.all(markets.map(async ({ symbol }) => (await fetch(`${url}/api/v1/klines?symbol=${symbol}&interval=1h&limit=24`)).json()));
}

function addressOf(silo) {
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => reject(new Error('The exchange did not start in time.')), START_MS_MAX);
    silo.once('error', reject);
    silo.once('exit', (code) => reject(new Error(`The exchange ended with code ${code}.`)));
    createInterface({ input: silo.stdout }).on('line', (line) => {
      const [, address] = /The exchange is open at (\S+)/.exec(line) ?? [];
      if (!address) return;
      clearTimeout(tooLate);
      resolve(address);
    });
  });
}
