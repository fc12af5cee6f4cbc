import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const SHOTS = process.env.EXCHANGE_WEB_SHOTS ?? fileURLToPath(new URL('../../../artifacts/web-shots', import.meta.url));
const CHROMIUM = process.env.EXCHANGE_CHROMIUM ?? '/usr/bin/chromium';

export const DESKTOP = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' };
export const PHONE = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, colorScheme: 'light' };

export async function openBrowser() {
  await mkdir(SHOTS, { recursive: true });
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Somebody with a browser window. What the console complains about is kept, to be asked for at the end. */
export class Visitor {
  complaints = [];

  static async arrive(browser, url, options = DESKTOP) {
    const visitor = new Visitor();
    visitor.url = url;
    visitor.context = await browser.newContext({ ...options, baseURL: url });
    visitor.context.setDefaultTimeout(20_000);
    visitor.page = await visitor.context.newPage();
    visitor.page.on('console', (message) => ['error', 'warning'].includes(message.type()) && visitor.complaints.push(`${message.text()} (${message.location().url})`));
    visitor.page.on('pageerror', (error) => visitor.complaints.push(error.stack));
    await visitor.page.addInitScript(watchForJumps);
    return visitor;
  }

  async signUp(market) {
    const { page } = this;
    await page.goto(`/sign-in?to=/trade/${market}`);
    await page.getByLabel('E-mail address').fill(`somebody-${randomUUID().slice(0, 8)}@example.org`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`**/trade/${market}`);
    await page.getByText('You have 100,000.00 USDT').or(page.getByText(/You have 0/)).first().waitFor();
  }

  async deposit(asset, amount) {
    const { page } = this;
    await page.getByRole('button', { name: 'Add paper money' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Asset').selectOption(asset);
    await dialog.getByLabel('Amount').fill(amount);
    await dialog.getByRole('button', { name: 'Add paper money' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  tab(name) { return this.page.getByRole('tab', { name: new RegExp(`^${name}`) }); }

  shoot(name) { return this.page.screenshot({ path: join(SHOTS, `${name}.png`) }); }

  /** What makes the page hard to use for somebody, as sentences; empty where nothing does. */
  async barriers() {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`));
  }

  /** How far things jumped without anybody having done something. */
  jumps() { return this.page.evaluate(() => globalThis.jumped); }

  leave() { return this.context.close(); }
}

function watchForJumps() {
  globalThis.jumped = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.jumped += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}
