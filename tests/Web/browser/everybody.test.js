import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSilo } from './silo.js';
import { DESKTOP, openBrowser, PHONE, Visitor } from './visitor.js';

let silo, browser;

before(async () => {
  [silo, browser] = await Promise.all([startSilo(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await silo?.stop();
});

const WINDOWS = [
  ['a desktop, dark', 'desktop-dark', DESKTOP],
  ['a desktop, light', 'desktop-light', { ...DESKTOP, colorScheme: 'light' }],
  ['a phone, light', 'phone-light', PHONE],
  ['a phone, dark', 'phone-dark', { ...PHONE, colorScheme: 'dark' }],
];

async function assertNoBarriers(visitor, where) {
  assert.deepEqual(await visitor.barriers(), [], `Barriers on ${where}`);
  const needed = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
  const jumped = await visitor.jumps();
  assert.ok(jumped < 0.1, `On ${where} things jumped by ${jumped}.`);
  const { width } = visitor.page.viewportSize();
  assert.ok(needed <= width, `${where} is ${needed - width} pixels too wide.`);
}

for (const [title, name, options] of WINDOWS) {
  test(`Everybody can use every page on ${title}, and the console stays silent`, async () => {
    const visitor = await Visitor.arrive(browser, silo.url, options);
    const { page } = visitor;
    await page.goto('/');
    await page.locator('.sparkline polyline').first().waitFor({ state: 'attached' });
    await assertNoBarriers(visitor, 'the markets');
    await visitor.shoot(`${name}-markets`);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await assertNoBarriers(visitor, 'the sign-in');

    await visitor.signUp('BTC_USDT');
    await orderFarAway(visitor);
    await openPosition(visitor);
    await assertNoBarriers(visitor, 'the ticket for positions');
    await visitor.shoot(`${name}-trade`);
    for (const tab of ['Open orders', 'Order history', 'Trades', 'Balances', 'Notifications']) {
      await visitor.tab(tab).click();
      await page.getByRole('tabpanel', { name: new RegExp(`^${tab}`) }).locator('table, .empty').first().waitFor({ state: 'attached' });
      await assertNoBarriers(visitor, tab);
    }
    await page.goto('/portfolio');
    await page.getByText(/in 1 open position/).waitFor();
    await page.locator('.ring circle').nth(2).waitFor();
    await assertNoBarriers(visitor, 'the portfolio');
    await visitor.shoot(`${name}-portfolio`);
    assert.deepEqual(visitor.complaints, []);
    await visitor.leave();
  });
}

async function orderFarAway({ page }) {
  const form = page.getByRole('form', { name: 'Spot order' });
  const quick = page.locator('.quick').getByRole('button', { name: 'Buy BTC' });
  if (await quick.isVisible()) await quick.click();
  await form.getByLabel('Price', { exact: true }).fill('50000');
  await form.getByLabel('Quantity', { exact: true }).fill('0.1');
  await form.getByRole('button', { name: 'Buy BTC' }).click();
  await page.locator('.chart-line.buy .line-chip').waitFor({ state: 'attached' });
}

async function openPosition(visitor) {
  const { page } = visitor;
  await visitor.tab('Leverage').click();
  const form = page.getByRole('form', { name: 'Position with leverage' });
  await form.getByLabel('Margin').fill('1000');
  await form.getByText(/% away\)/).waitFor();
  await form.getByRole('button', { name: 'Open long' }).click();
  await page.getByRole('row').filter({ hasText: 'Long 10×' }).waitFor();
}

test('A 4K screen shows the same page, larger', async () => {
  const visitor = await Visitor.arrive(browser, silo.url, { ...DESKTOP, viewport: { width: 3840, height: 2160 } });
  const { page } = visitor;
  await page.goto('/trade/ETH_USDT');
  await page.locator('.bids .book-row:not(.blank)').first().waitFor();
  assert.ok(await page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) >= 20);
  assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]), [3840, 2160]);
  await visitor.shoot('4k-trade');
  assert.deepEqual(visitor.complaints, []);
  await visitor.leave();
});

test('Prices that are not live are told across the page', async () => {
  const visitor = await Visitor.arrive(browser, silo.url);
  const { page } = visitor;
  let state = 'live';
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(message.replaceAll('"state":"live"', `"state":"${state}"`)));
  });
  await page.goto('/trade/SOL_USDT');
  await page.locator('.market-bar .feed.on').waitFor();
  state = 'stale';
  await page.getByText('Prices of SOL/USDT are not live').waitFor();
  await page.locator('.market-bar .feed.stale', { hasText: 'Stale' }).waitFor();
  await visitor.shoot('stale');
  state = 'live';
  await page.locator('#banner').waitFor({ state: 'hidden' });
  await visitor.leave();
});

test('The keyboard alone places an order', async () => {
  const visitor = await Visitor.arrive(browser, silo.url);
  const { page } = visitor;
  await visitor.signUp('ETH_USDT');
  await page.locator('.bids .book-row:not(.blank)').first().waitFor();
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Sell ETH' }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await page.keyboard.type('0.5');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1500');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  await page.getByRole('row').filter({ hasText: '1,500.00' }).waitFor();
  await page.keyboard.press('x');
  await page.getByText('No open orders.').waitFor();
  assert.deepEqual(visitor.complaints, []);
  await visitor.leave();
});

test('A lost connection is told and comes back by itself', async () => {
  const visitor = await Visitor.arrive(browser, silo.url);
  const { page } = visitor;
  let current = null;
  let isDown = false;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    if (isDown) {
      socket.close();
      return;
    }
    current = socket;
    socket.connectToServer();
  });
  await page.goto('/trade/BTC_USDT');
  const book = page.locator('.bids .book-row:not(.blank)');
  await book.first().waitFor();
  isDown = true;
  await current.close();
  await page.getByText('The connection to the exchange is lost.').waitFor();
  isDown = false;
  await page.locator('#banner').waitFor({ state: 'hidden' });
  await book.first().waitFor();
  assert.deepEqual(visitor.complaints, []);
  await visitor.leave();
});

test('Without the chart library the page says so and works', async () => {
  const visitor = await Visitor.arrive(browser, silo.url);
  const { page } = visitor;
  await page.addInitScript(() => document.addEventListener('readystatechange', () => { document.documentElement.dataset.chart = 'false'; }));
  await page.goto('/trade/SOL_USDT');
  await page.getByText('built without the chart library').waitFor();
  await page.locator('.plain-line polyline').waitFor();
  await page.locator('.bids .book-row:not(.blank)').first().waitFor();
  assert.deepEqual(visitor.complaints, []);
  await visitor.leave();
});

test('Markup from elsewhere cannot become part of the page', async () => {
  const visitor = await Visitor.arrive(browser, silo.url);
  const { page } = visitor;
  await page.goto('/');
  await page.getByRole('heading', { name: 'Markets' }).waitFor();
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>hello</b>';
      return null;
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, 'TypeError');
  await page.goto('/trade/%3Cimg%20src=x%3E');
  assert.equal(await page.locator('img').count(), 0);
  await visitor.leave();
});
