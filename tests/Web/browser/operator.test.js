import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSilo } from './silo.js';
import { DESKTOP, openBrowser, PHONE, Visitor } from './visitor.js';

const ANN = 'ann@example.org';

let silo, browser;

before(async () => {
  [silo, browser] = await Promise.all([startSilo(`--Auth:AdminEmails:0=${ANN}`, '--MarketMaker:Enabled=true'), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await silo?.stop();
});

async function arrive(options) {
  const visitor = await Visitor.arrive(browser, silo.url, options);
  const { page } = visitor;
  await page.goto('/sign-in?to=/operator');
  await page.getByLabel('E-mail address').fill(ANN);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/operator');
  await page.getByRole('heading', { name: 'Operator' }).waitFor();
  await page.getByRole('row', { name: /TATA\/INR/ }).waitFor();
  return visitor;
}

async function agree(page, action, reason) {
  const dialog = page.getByRole('dialog');
  if (reason) await dialog.getByLabel(/^Reason/).fill(reason);
  await dialog.getByRole('button', { name: action }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('Somebody who is no operator is told so', async () => {
  const visitor = await Visitor.arrive(browser, silo.url);
  await visitor.signUp('BTC_USDT');
  await visitor.page.goto('/operator');
  await visitor.page.getByText('This is for operators of the exchange').waitFor();
  assert.equal(await visitor.page.getByRole('navigation').getByRole('link', { name: 'Operator' }).isVisible(), false);
  await visitor.leave();
});

test('An operator halts a market, resumes it, and stops everything', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  const market = page.getByRole('row', { name: /BTC\/USDT/ });
  await market.getByText('live').waitFor();

  await page.getByRole('button', { name: 'Halt BTC_USDT' }).click();
  await agree(page, 'Halt', 'news');
  await market.getByText('halted').waitFor();
  await page.getByRole('button', { name: 'Resume BTC_USDT' }).click();
  await agree(page, 'Resume');
  await market.getByText('trading').waitFor();

  await page.getByRole('button', { name: 'Emergency stop' }).click();
  await agree(page, 'Stop everything', 'fire');
  await page.getByText('trading stopped (emergency)').waitFor();
  await page.getByText(`By ${ANN}`).waitFor();
  assert.equal(await page.getByText('halted', { exact: true }).count(), 7);
  await visitor.shoot('operator-stopped');
  await page.getByRole('button', { name: 'Take the emergency stop back' }).click();
  await agree(page, 'Trade again');
  await market.getByText('trading').waitFor();

  await visitor.tab('Audit log').click();
  await page.getByRole('row', { name: /emergency stop .*fire/ }).waitFor();
  assert.deepEqual(visitor.complaints, []);
  await visitor.leave();
});

test('An operator switches a market maker, and freezes and adjusts an account', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.tab('Market makers').click();
  const maker = page.getByRole('row', { name: /TATA\/INR/ });
  await maker.getByText('quoting').waitFor();
  await page.getByRole('button', { name: 'Switch off the market maker of TATA_INR' }).click();
  await agree(page, 'Switch off');
  await maker.getByText('off', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Settings of the market maker of TATA_INR' }).click();
  const settings = page.getByRole('dialog');
  await settings.getByLabel('Quotes on each side').fill('51');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.getByText('A side has 1 to 50 quotes.').waitFor();
  await settings.getByLabel('Quotes on each side').fill('5');
  await settings.getByRole('button', { name: 'Save' }).click();
  await settings.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Switch on the market maker of TATA_INR' }).click();
  await agree(page, 'Switch on');
  await maker.getByText('10', { exact: true }).waitFor();

  await visitor.tab('Accounts').click();
  await page.getByRole('row', { name: new RegExp(ANN) }).getByRole('button', { name: 'Open' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Adjust a balance' }).click();
  await page.getByRole('dialog').getByLabel('Amount').fill('12.5');
  await agree(page, 'Adjust', 'for the test');
  await page.getByText(/100,012\.5 USDT free now/).waitFor();
  await page.getByRole('row', { name: new RegExp(ANN) }).getByRole('button', { name: 'Open' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Freeze' }).click();
  await agree(page, 'Freeze', 'for the test');
  await page.getByRole('row', { name: new RegExp(ANN) }).getByRole('button', { name: 'Open' }).click();
  await page.getByText('Frozen: for the test').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Unfreeze' }).click();
  await agree(page, 'Unfreeze', 'tested');
  await visitor.leave();
});

for (const [title, name, options] of [['a desktop, dark', 'desktop-dark', DESKTOP], ['a desktop, light', 'desktop-light', { ...DESKTOP, colorScheme: 'light' }], ['a phone', 'phone', PHONE]]) {
  test(`The console can be used by everybody on ${title}`, async () => {
    const visitor = await arrive(options);
    const { page } = visitor;
    for (const tab of ['Market makers', 'Dead letters', 'Accounts', 'Audit log', 'Markets']) {
      await visitor.tab(tab).click();
      await page.getByRole('tabpanel', { name: new RegExp(`^${tab}`) }).locator('table, .empty').first().waitFor({ state: 'attached' });
      assert.deepEqual(await visitor.barriers(), [], `Barriers on ${tab}`);
    }
    await page.locator('.figure-line polyline').first().waitFor({ state: 'attached' });
    await visitor.shoot(`operator-${name}`);
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(needed <= page.viewportSize().width, `The console is ${needed} pixels wide.`);
    assert.deepEqual(visitor.complaints, []);
    await visitor.leave();
  });
}
