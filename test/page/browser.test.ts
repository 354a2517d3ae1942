// The page as a person meets it: a real server, a real issuer, a real repository and a real browser.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createReporter, openLedger } from '../../src/record/index.ts';
import { entry, idOf, place, receipt, summary } from '../record/sample.ts';
import { complaints, launch, NO_CHROMIUM, type Stage, setStage, signIn } from './stage.ts';

// Processes, a repository and a browser: a machine that is busy with other tests takes its time.
const SLOW = 150_000;

describe.skipIf(NO_CHROMIUM !== '')(`in Chromium ${NO_CHROMIUM}`, { timeout: SLOW }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, SLOW);
  afterAll(() => browser?.close());

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<[BrowserContext, Page]> {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    context.setDefaultTimeout(SLOW / 3);
    return [context, await context.newPage()];
  }
  async function staged(options?: Parameters<typeof setStage>[0]): Promise<Stage> {
    const stage = await setStage(options);
    onTestFinished(() => stage.close());
    return stage;
  }
  const station = (page: Page, name: string) => page.locator('.stations li', { hasText: name }).first();

  test('by mouse: open, contained, undone, burned, and every word of it in the trail', async () => {
    const stage = await staged();
    const [, page] = await open();
    const heard = complaints(page);
    await signIn(page, stage);
    await page.locator('a.name').click();
    await expect.poll(() => page.locator('h1 ~ .badge').first().textContent()).toBe('live');
    expect(await page.getByText('ada@example.com', { exact: true }).count()).toBeGreaterThan(0);

    const decide = async (title: string, reason: string): Promise<string> => {
      await page.locator('label.choice', { hasText: title }).click();
      await page.getByLabel(/Reason/).fill(reason);
      await Promise.all([
        page.waitForEvent('framenavigated'),
        page.getByRole('button', { name: title, exact: true }).click(),
      ]);
      await page.locator('.flash:not([data-under-way])').waitFor();
      return (await page.locator('.flash').textContent()) ?? '';
    };
    expect(await stage.whoami()).toBe(200);
    expect(await decide('Contain now', 'until payments has moved')).toContain('Contained');
    expect(await stage.whoami()).toBe(401);
    expect(await station(page, 'Contained').getAttribute('class')).toBe('done');
    expect(await decide('Restore', 'payments was not ready')).toContain('Restored');
    expect(await stage.whoami()).toBe(200);
    expect(await page.locator('h1 ~ .badge').first().textContent()).toBe('live');
    expect(await decide('Burn now', 'payments has moved')).toContain('Burned');
    expect(await stage.whoami()).toBe(401);
    for (const name of ['Found', 'Checked', 'Contained', 'Burned', 'Proved', 'Told'])
      expect(await station(page, name).getAttribute('class'), name).toBe('done');
    expect(await page.locator('label.choice', { hasText: 'Restore' }).count()).toBe(0);

    const trail = await page.locator('.trail').textContent();
    for (const reason of ['until payments has moved', 'payments was not ready', 'payments has moved'])
      expect(trail).toContain(reason);
    const shown = await stage.keyburn('incidents', 'show', page.url().split('/').at(-1) ?? '');
    expect(shown.output).toContain('contain: until payments has moved');
    expect(await page.content()).not.toContain(stage.key);
    expect(heard).toEqual([]);
  });

  test('by keyboard alone: sign in, search, snooze, wake, contain, restore', async () => {
    const stage = await staged();
    const [, page] = await open();
    const heard = complaints(page);
    await page.goto(await stage.link());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stage.url}/incidents`);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('payments.env');
    await page.keyboard.press('Enter');
    await page.waitForURL(/text=payments/);
    await tabTo(page, 'a.name');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/incidents\/[0-9a-f]{64}$/);

    const decide = async (verb: string, reason: string): Promise<string> => {
      // One stop for the group of choices, arrow keys within it.
      await tabTo(page, 'input[name=verb]');
      for (let turns = 0; turns < 10; turns++) {
        if (await page.locator(`input[value=${verb}]`).isChecked()) break;
        await page.keyboard.press(turns === 0 ? 'Space' : 'ArrowDown');
      }
      await tabTo(page, 'textarea[name=reason]');
      await page.keyboard.type(reason);
      await tabTo(page, 'button.main');
      await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
      await page.locator('.flash:not([data-under-way])').waitFor();
      // What came of it has the focus, so that it is read out.
      expect(await page.evaluate("document.activeElement.classList.contains('flash')")).toBe(true);
      return (await page.locator('.flash').textContent()) ?? '';
    };
    expect(await decide('snooze', 'the owner is asleep')).toContain('Snoozed until');
    expect(await decide('wake', 'the owner is awake')).toContain('open list again');
    expect(await decide('contain', 'the owner says so')).toContain('Contained');
    expect(await stage.whoami()).toBe(401);
    expect(await decide('restore', 'the owner needs it')).toContain('Restored');
    expect(await stage.whoami()).toBe(200);
    expect(await decide('burn', 'the owner has a new one')).toContain('Burned');
    expect(await stage.whoami()).toBe(401);
    expect(heard).toEqual([]);
  });

  test('without JavaScript it works the same', async () => {
    const stage = await staged({ armed: false });
    const [, page] = await open({ javaScriptEnabled: false });
    await signIn(page, stage);
    await page.getByLabel('Search').fill('payments');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.locator('a.name').click();
    expect(await page.locator('input[value=burn]').count()).toBe(0);
    await page.getByText('What cannot be done here').click();
    expect(await page.getByText('started without --revoke').count()).toBe(2);
    await page.locator('input[value=close]').check();
    await page.getByLabel(/Reason/).fill('a key of a test account');
    await page.getByRole('button', { name: 'Do it' }).click();
    expect(await page.locator('.flash').textContent()).toBe('Closed.');
    expect(await stage.whoami()).toBe(200);
  });

  test('the HTML report: the same look from a file, nothing loaded, nothing to complain about', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyburn-report-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'report.html');
    const pieces: string[] = [];
    const reporter = createReporter('html', { write: (text) => pieces.push(text) }, { colour: false });
    const evil = '<img src=x onerror=document.title=1>';
    reporter.entry(entry({ title: evil, place: place({ path: evil, url: 'https://git.example/a' }) }));
    reporter.entry(entry({ id: idOf('b'), receipt: receipt('revoked', 3), service: evil }));
    reporter.finish(summary({ findings: 2, live: 1, skipped: [{ path: evil, why: evil }] }));
    await writeFile(file, pieces.join(''));
    for (const colorScheme of ['light', 'dark'] as const) {
      const [, page] = await open({
        colorScheme,
        viewport: { width: colorScheme === 'dark' ? 390 : 1200, height: 800 },
      });
      const heard = complaints(page);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${file}`);
      expect(await page.title()).toBe('keyburn report');
      // The style counts: its hash is in the policy.
      expect(await page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius")).toBe(
        '10px',
      );
      expect(asked).toEqual([`file://${file}`]);
      expect(heard).toEqual([]);
    }
    const [, page] = await open({ bypassCSP: true });
    await page.goto(`file://${file}`);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResult>('axe.run()');
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

  test('the pages of the key service itself, for everybody: axe finds nothing serious, on a phone, too', async () => {
    const stage = await staged({ config: '[receiver.anybody]\n' });
    const bad: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const width = colorScheme === 'light' ? 1200 : 390;
      const [, page] = await open({ colorScheme, bypassCSP: true, viewport: { width, height: 800 } });
      for (const path of ['/', '/found', '/docs/errors', '/docs/errors/revoked_key']) {
        await page.goto(`${stage.url}${path}`);
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate<AxeResult>('axe.run()');
        for (const { id, impact } of violations)
          if (impact === 'serious' || impact === 'critical') bad.push(`${path}: ${id}`);
      }
    }
    expect(bad).toEqual([]);
    const [, page] = await open();
    const heard = complaints(page);
    await page.goto(`${stage.url}/`);
    await page.getByRole('link', { name: '/found' }).click();
    await page.getByLabel('The key, whole').fill(stage.key);
    await page.keyboard.press('Tab');
    await page.keyboard.type('https://paste.example/7');
    await page.keyboard.press('Enter');
    await page.getByText('your report was received').waitFor();
    await expect.poll(() => stage.whoami()).toBe(401);
    expect(heard).toEqual([]);
  });

  describe('what strangers wrote', () => {
    const EVIL = '<img src=x onerror=document.title=1>"\'><script>document.title=1</script>';
    const PATHS = ['', '?tab=all&text=zzz', '/charts', `/${'a'.repeat(64)}`, '/sign-in', '/nothing'];
    let stage: Stage;
    let state: Awaited<ReturnType<BrowserContext['storageState']>>;
    beforeAll(async () => {
      stage = await setStage();
      const ledger = await openLedger(stage.home);
      const hostile = place({
        path: `${EVIL}.env`,
        author: EVIL,
        email: EVIL,
        repository: `/srv/${EVIL}`,
        commit: 'c'.repeat(40),
        date: EVIL,
        url: 'javascript:document.title=1',
      });
      await ledger.upsert(
        entry({
          title: EVIL,
          rule: EVIL,
          service: EVIL,
          preview: EVIL,
          place: hostile,
          otherPlaces: [hostile],
        }),
      );
      await ledger.approve(idOf('a'), EVIL, EVIL);
      await ledger.board.learned(idOf('a'), { owner: EVIL, usedAt: EVIL });
      for (let digit = 1; digit < 9; digit++)
        await ledger.upsert(
          entry({ id: idOf(String(digit)), exposure: 'private', service: `issuer-${digit}` }),
        );
      await ledger.end();
    }, SLOW);
    afterAll(() => stage?.close());

    test('runs nowhere under the page’s own policy', async () => {
      const [context, page] = await open();
      const heard = complaints(page);
      await signIn(page, stage);
      state = await context.storageState();
      for (const path of PATHS) {
        await page.goto(`${stage.url}/incidents${path}`);
        expect(await page.title(), path).toContain('keyburn');
        expect(await page.locator('img, script:not([src])').count(), path).toBe(0);
        expect(await page.locator('a[href^="javascript:"]').count(), path).toBe(0);
      }
      await page.goto(`${stage.url}/incidents/${'a'.repeat(64)}`);
      expect(await page.getByText(EVIL).count()).toBeGreaterThan(5);
      // A page that is not there is said by the browser, too.
      expect(heard.filter((line) => !line.includes('404'))).toEqual([]);
    });

    test.each(['light', 'dark'] as const)('axe finds nothing serious: %s', async (colorScheme) => {
      const [, page] = await open({
        colorScheme,
        storageState: state,
        // axe itself is put in past the page's policy, as an extension would be.
        bypassCSP: true,
        viewport: colorScheme === 'light' ? { width: 1200, height: 900 } : { width: 390, height: 800 },
      });
      const bad: string[] = [];
      for (const path of PATHS) {
        await page.goto(`${stage.url}/incidents${path}`);
        await page.evaluate(axe.source);
        const { violations, passes } = await page.evaluate<AxeResult>('axe.run()');
        expect(passes.length, path).toBeGreaterThan(10);
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            bad.push(`${path}: ${id}: ${nodes.map((node) => node.html).join(' ')}`);
      }
      expect(bad).toEqual([]);
    });
  });
});

interface AxeResult {
  readonly passes: readonly unknown[];
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Tab until the focus is there: no mouse, no script. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}
