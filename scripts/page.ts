// The incidents page for docs/incidents.md: `figures` measures it with 100,000 incidents and writes the numbers into the document,
// `pictures` takes its screenshots. Both need Chromium.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Entry, Fingerprint, Receipt } from '../src/model/index.ts';
import { openLedger } from '../src/record/index.ts';
import { launch, type Stage, setStage, signIn } from '../test/page/stage.ts';
import { noPostgres, startPostgres } from '../test/record/postgres-server.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DAY = 86_400_000;
const SERVICES = [
  'github',
  'aws',
  'stripe',
  'slack',
  'openai',
  'keyburn',
  'gitlab',
  'sendgrid',
  'twilio',
  'datadog',
];
const EXPOSURES = ['public', 'private', 'internal', 'private', 'unknown'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** The same incidents every time. */
function entryOf(number: number, at: Date, age: number): Entry {
  const hash = createHash('sha256').update(String(number)).digest('hex');
  const pick = Number.parseInt(hash.slice(0, 6), 16);
  const service = SERVICES[Math.floor((pick % 100) ** 2 / 1000) % SERVICES.length] ?? 'github';
  const team = ['shop', 'billing', 'mobile', 'search', 'infra', 'web', 'data'][pick % 7] ?? 'shop';
  const repository = `acme/${team}-${(pick >> 3) % 40}`;
  const path = `${['config', 'deploy', 'src', 'test'][pick % 4]}/${['prod', 'staging', 'ci', 'local'][(pick >> 2) % 4]}-${pick % 900}.env`;
  return {
    id: hash as Fingerprint,
    rule: `${service}-key`,
    title: `${service[0]?.toUpperCase()}${service.slice(1)} API key`,
    severity: SEVERITIES[pick % 4] ?? 'high',
    service,
    preview: `${service.slice(0, 3)}_…${hash.slice(-4)}`,
    environment: 'live',
    place: {
      kind: 'blob',
      path,
      line: (pick % 60) + 1,
      column: 5,
      endLine: (pick % 60) + 1,
      repository: `/srv/${repository}`,
      object: hash.slice(0, 40),
      commit: hash.slice(24, 64),
      author: `Dev ${pick % 120}`,
      date: new Date(at.getTime() - age).toISOString(),
      url: `https://github.com/${repository}/blob/${hash.slice(24, 64)}/${path}#L${(pick % 60) + 1}`,
    },
    otherPlaces: [],
    verdict: { state: 'live', checkedAt: at.toISOString(), why: 'GET /me: 200' },
    exposure: EXPOSURES[pick % 5] ?? 'private',
    decision: { act: 'ask', because: 'private and live (policy: default)' },
    receipt: null,
  };
}

/** `count` incidents over 120 days, most of them burned after a while. */
async function fill(home: string, count: number, batch: number, database?: string): Promise<void> {
  const clock = { at: new Date() };
  const ledger = await openLedger(home, { now: () => clock.at, database });
  const end = Date.now();
  let burned = 0;
  const dead: Entry[] = [];
  for (let from = 0; from < count; from += batch) {
    const at = end - (1 - from / count) * 120 * DAY;
    clock.at = new Date(at);
    const entries = Array.from({ length: Math.min(batch, count - from) }, (_, index) =>
      entryOf(from + index, clock.at, 30_000 * 1.11 ** ((from + index) % 97)),
    );
    await ledger.upsertAll(entries);
    for (const [index, entry] of entries.entries()) {
      if ((from + index) % 8 === 0 || at > end - (index % 5) * DAY) continue;
      const after = at + 60_000 * 1.4 ** ((from + index) % 20);
      if (after > end) continue;
      // A proof of its own each costs a flush to the disk; the others were found dead.
      if (burned >= MOST_BURNED) {
        const proof = {
          state: 'revoked',
          checkedAt: new Date(after).toISOString(),
          why: 'GET /me: 401',
        } as const;
        dead.push({ ...entry, verdict: proof });
        continue;
      }
      clock.at = new Date(after);
      const proof = { state: 'revoked', checkedAt: clock.at.toISOString(), why: 'GET /me: 401' } as const;
      const receipt: Receipt = {
        outcome: 'revoked',
        at: clock.at.toISOString(),
        proof,
        note: 'DELETE /keys/{id}: 204',
      };
      await ledger.settle(entry.id, receipt);
      burned += 1;
    }
  }
  clock.at = new Date(end);
  await ledger.upsertAll(dead);
  await ledger.end();
}

const MOST_BURNED = 2000;

const MEASURED: readonly (readonly [what: string, path: string])[] = [
  ['the list, most urgent first', ''],
  ['the list, newest first', '?sort=newest'],
  ['closed ones', '?tab=closed'],
  ['filter: one issuer, public', '?service=stripe&exposure=public'],
  ['filter: one repository', '?tab=all&repository=github.com%2Facme%2Fshop-7'],
  ['search: a word that many have', '?tab=all&text=billing'],
  ['search: a word that few have', '?tab=all&text=prod-13.env'],
  ['search: a word that none has', '?tab=all&text=nowhere'],
  ['the charts', '/charts'],
];
const ROUNDS = 15;

type Times = readonly (readonly [reply: number, paint: number])[];

/** How long each page takes with a ledger of so many incidents, in the file of one machine or in a team's database. */
async function timesOf(browser: Browser, count: number, database?: string): Promise<Times> {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-figures-'));
  await fill(home, count, 1000, database);
  const child = spawn(process.execPath, [`${ROOT}bin/keyburn.js`, 'serve', '--port', '0'], {
    env: { ...process.env, KEYBURN_HOME: home, KEYBURN_DATABASE_URL: database ?? '' },
    stdio: 'pipe',
  });
  const link = await new Promise<string>((ready) => {
    let said = '';
    child.stderr.on('data', (piece: Buffer) => {
      said += piece.toString('utf8');
      const found = /http:\S+link=\S+/.exec(said)?.[0];
      if (found !== undefined && said.endsWith('\n')) ready(found);
    });
  });
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const times: [number, number][] = [];
  for (const [, path] of MEASURED) {
    const reply: number[] = [];
    const paint: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await page.goto(`${new URL(link).origin}/incidents${path}`);
      const [answered = 0, painted = 0] = await page.evaluate<number[]>(`new Promise((ready) => {
        const { requestStart, responseEnd } = performance.getEntriesByType('navigation')[0];
        new PerformanceObserver((list) => ready([responseEnd - requestStart, list.getEntries().at(-1).startTime]))
          .observe({ type: 'paint', buffered: true });
      })`);
      reply.push(answered);
      paint.push(painted);
    }
    times.push([median(reply), median(paint)]);
  }
  await context.close();
  child.kill('SIGTERM');
  await rm(home, { recursive: true, force: true });
  return times;
}

async function figures(browser: Browser, count: number): Promise<void> {
  if (noPostgres !== undefined) throw new Error(noPostgres);
  const server = await startPostgres();
  try {
    const file = await timesOf(browser, count);
    const team = await timesOf(browser, count, await server.database());
    const rows = MEASURED.map(([what], index) => {
      const cells = [file, team].flatMap((times) => times[index] ?? []);
      return `| ${[what, ...cells.map((ms) => `${ms} ms`)].join(' | ')} |`;
    });
    const table = [
      `Median of ${ROUNDS} on ${availableParallelism()} cores with a load of ${(loadavg()[0] ?? 0).toFixed(0)}, ${count.toLocaleString('en')} incidents, Chromium and PostgreSQL on the same machine:`,
      '',
      '| what | SQLite: reply | first paint | PostgreSQL: reply | first paint |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...rows,
    ].join('\n');
    const page = `${ROOT}docs/incidents.md`;
    const text = await readFile(page, 'utf8');
    await writeFile(
      page,
      text.replace(/(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/, `$1\n${table}\n\n$2`),
    );
    process.stdout.write(`${table}\n`);
  } finally {
    await server.stop();
  }
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}

async function pictures(browser: Browser): Promise<void> {
  const stage: Stage = await setStage();
  try {
    await fill(stage.home, 700, 6);
    await stage.keyburn(
      'scan',
      stage.repository,
      '--quiet',
      '--format',
      'html',
      '--output',
      join(stage.folder, 'report.html'),
    );
    const context = await browser.newContext({
      viewport: { width: 1120, height: 700 },
      colorScheme: 'light',
    });
    const page = await context.newPage();
    await signIn(page, stage);
    const shot = (name: string, of: Page = page, fullPage = false) =>
      of.screenshot({ path: `${ROOT}docs/pictures/${name}.png`, fullPage });
    await shot('incidents');
    await page.goto(`${stage.url}/incidents/charts`);
    await shot('charts', page, true);
    await page.goto(`${stage.url}/incidents?text=payments.env`);
    await page.locator('a.name').first().click();
    await page.locator('label.choice', { hasText: 'Contain now' }).click();
    await page.getByLabel(/Reason/).fill('until payments has moved');
    await Promise.all([
      page.waitForEvent('framenavigated'),
      page.getByRole('button', { name: 'Contain now' }).click(),
    ]);
    await page.locator('.flash:not([data-under-way])').waitFor();
    const state = await context.storageState();
    const dark = await browser.newContext({
      viewport: { width: 1120, height: 860 },
      colorScheme: 'dark',
      storageState: state,
    });
    const night = await dark.newPage();
    await night.goto(page.url());
    await shot('story', night);
    const small = await browser.newContext({ viewport: { width: 390, height: 780 }, storageState: state });
    const phone = await small.newPage();
    await phone.goto(`${stage.url}/incidents`);
    await shot('phone', phone);
    const open = await (await browser.newContext({ viewport: { width: 1120, height: 620 } })).newPage();
    await open.goto(`file://${join(stage.folder, 'report.html')}`);
    await shot('report', open);
  } finally {
    await stage.close();
  }
}

const [what, count] = process.argv.slice(2);
const browser = await launch();
try {
  if (what === 'figures') await figures(browser, Number(count ?? 100_000));
  else if (what === 'pictures') await pictures(browser);
  else process.stderr.write('scripts/page.ts figures [COUNT] | pictures\n');
} finally {
  await browser.close();
}
