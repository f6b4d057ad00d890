import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { RATES } from '../../client/http/rate-limits.ts';
import { Conflict } from '../../client/refusals.ts';
import { passTokens, type Serving, serve } from '../client/serving.ts';
import { aKey, aPassRoom, aPassView, beforeArrival, FRONT_DOOR } from '../support/passes.ts';
import { auditOf } from './audit.ts';
import { launchChromium, noChromium } from './chromium.ts';

const CODE = '471147';
const LINK = 'https://ik.seam.co/ABCDEF';
const SMALL = { width: 320, height: 568 };
const TALL = { width: 390, height: 844 };
const LONG = { ...FRONT_DOOR, id: 'door-2', name: 'Donaudampfschifffahrtsgesellschaftskapitänseingang' };
const full = () => aPassRoom({ doors: [FRONT_DOOR, LONG], keys: [aKey('code'), aKey('mobile_key'), aKey('cloud_key'), aKey('card')] });

describe("the guest's page in a browser", { skip: noChromium }, () => {
  let serving: Serving;
  let browser: Browser;
  const errors: string[] = [];

  before(async () => {
    const reveal = async (id: string): Promise<string | null> => ({ 'method-code': CODE, 'method-mobile_key': LINK })[id] ?? null;
    serving = await serve({ overrides: { reveal }, rates: { ...RATES, pass: { max: 1_000, windowMs: 60_000 } } });
    browser = await launchChromium();
  });
  beforeEach(() => {
    serving.asked.length = 0;
    errors.length = 0;
    serving.facade.pass = async () => aPassView({ rooms: [full()] });
    serving.facade.act = async () => ({ outcome: 'requested', actionAttemptId: 'attempt-1' });
  });
  after(async () => {
    await browser.close();
    await serving.close();
  });

  const url = (): string =>
    `${serving.url}/pass/${passTokens.seal({ source: 'mews-lisbon', reservationId: 'R-1', guestId: 'g1', generation: 0 })}`;
  const unlocks = (): number => serving.asked.filter(({ method }) => method === 'act').length;

  /** Everything that the browser complains of, such as a style that the policy forbids, fails the test. */
  async function visit(work: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({ viewport: SMALL, reducedMotion: 'reduce', ...options });
    try {
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('status of 4')) errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(url());
      await work(page);
      assert.deepEqual(errors, []);
    } finally {
      await context.close();
    }
  }

  const tap = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click();
  const news = (page: Page): Promise<string> => page.locator('.news').innerText();

  test('every screen in every language fits a small phone, in light and dark, with names, contrast and room for a thumb', async () => {
    const rooms = [full(), { ...full(), roomId: '2', unitId: 'Seaview', ...beforeArrival() }];
    for (const [language, viewport, colorScheme] of [
      ['en', SMALL, 'light'],
      ['de', SMALL, 'dark'],
      ['fr', SMALL, 'light'],
      ['es', TALL, 'dark'],
      ['pt', TALL, 'light'],
    ] as const) {
      serving.facade.pass = async () => aPassView({ language, rooms, newKeyFrom: 0 });
      const check = async (page: Page, screen: string): Promise<void> => assert.deepEqual(await auditOf(page), [], `${language} ${screen}`);
      await visit(
        async (page) => {
          await check(page, 'look');
          await page.locator('form[action$="/show"] button').first().click();
          await check(page, 'shown');
          await page.locator('form[action$="/unlock"] button').first().click();
          await check(page, 'unlocked');
          await page.locator('form[action$="/help"] button').click();
          await check(page, 'help');
          await page.locator('form[action$="/help"] button').click();
          await check(page, 'told');
          for (const phase of ['waiting', 'blocked', 'tentative', 'over'] as const) {
            serving.facade.pass = async () => aPassView({ language, rooms: [], phase });
            await page.goto(url());
            await check(page, phase);
          }
        },
        { viewport, colorScheme },
      );
    }
  });

  test('without JavaScript the guest sees, opens, is helped and goes back', async () => {
    await visit(
      async (page) => {
        await tap(page, 'Show the code and the mobile key');
        await page.getByText('471 147').waitFor();
        assert.equal(await page.getByRole('link', { name: 'Open the mobile key' }).getAttribute('href'), LINK);
        await page.getByRole('link', { name: 'Hide again' }).click();
        assert.doesNotMatch(await page.content(), /471.?147/);
        await tap(page, 'Open Main entrance');
        assert.match(await news(page), /^Requested: Main entrance/);
        await tap(page, 'This does not work');
        await page.getByText('Type the code slowly').waitFor();
        await tap(page, /tell the staff/);
        assert.match(await news(page), /told the staff/);
        assert.equal(await page.getByRole('link', { name: '+351 911 000 000' }).getAttribute('href'), 'tel:+351911000000');
      },
      { javaScriptEnabled: false },
    );
    assert.equal(unlocks(), 1);
  });

  test('the keyboard alone reaches everything in the order of the page, sees where it is, and lands on what came of it', async () => {
    await visit(async (page) => {
      const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.textContent.trim()');
      const order: string[] = [];
      for (let i = 0; i < 5; i += 1) {
        await page.keyboard.press('Tab');
        order.push(await focused());
        assert.notEqual(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle'), 'none');
      }
      assert.deepEqual(order, [
        'Open Main entrance',
        `Open ${LONG.name}`,
        'Show the code and the mobile key',
        '+351 911 000 000',
        'This does not work',
      ]);
      await page.getByRole('button', { name: 'Open Main entrance' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('.news').waitFor();
      assert.match(await focused(), /^Requested/);
      await page.getByRole('button', { name: 'Show the code and the mobile key' }).focus();
      await page.keyboard.press('Space');
      await page.getByText('471 147').waitFor();
      assert.match(await focused(), /shown below/);
      assert.equal(await page.locator('.code').ariaSnapshot(), '- paragraph: 4 7 1 1 4 7');
    });
  });

  test('no code and no key link is anywhere in the page before it is asked for, nor in what the browser keeps', async () => {
    await visit(async (page) => {
      const held = async (): Promise<string> =>
        (await page.content()) + (await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage, document.cookie])'));
      assert.doesNotMatch(await held(), /471.?147|ik\.seam/);
      await tap(page, 'Show the code and the mobile key');
      assert.match(await page.content(), /471 147/);
      await page.goBack();
      assert.doesNotMatch(await held(), /471.?147|ik\.seam/);
    });
  });

  test('a second tap waits for the first, which says that it is on its way', async () => {
    const twice = `(() => {
      const button = document.querySelector('form[action$="/unlock"] button');
      for (const _ of [1, 2]) button.click();
      return document.querySelector('.busy').innerText;
    })()`;
    await visit(async (page) => {
      assert.equal(await page.evaluate<string>(twice), 'One moment…');
      await page.locator('.news').waitFor();
      assert.match(await news(page), /^Requested/);
    });
    assert.equal(unlocks(), 1);
  });

  test('before the window nothing opens and the page says from when; what is refused meanwhile is said in words', async () => {
    await visit(async (page) => {
      serving.facade.act = async () => {
        throw new Conflict('Access ended.');
      };
      await tap(page, 'Open Main entrance');
      assert.match(await news(page), /cannot be opened from this page right now/);
      serving.facade.pass = async () => aPassView({ rooms: [{ ...full(), ...beforeArrival() }] });
      await page.goto(url());
      assert.equal(await page.getByRole('button', { name: /^Open / }).count(), 0);
      assert.match(await page.locator('main').innerText(), /You can get in from \w+day, /);
    });
  });

  test('a link that opens nothing is a page, too, in the language of the browser', async () => {
    await visit(
      async (page) => {
        await page.goto(`${serving.url}/pass/${'x'.repeat(40)}`);
        assert.match(await news(page), /Dieser Link öffnet nichts/);
        assert.deepEqual(await auditOf(page), []);
      },
      { locale: 'de-DE' },
    );
  });
});
