// Writes docs/providers.md: what keyburn can do about every kind of key, from rules/ and src/services, and docs/issuer-settings.md. Nobody is asked: each service
// is handed an example of the rule, with its other halves as recorded, and it is written down how far it gets.
// Run it from the repository's root: `npm run docs:providers`.

import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  builtInRules,
  createDetector,
  type Detector,
  fillTemplate,
  loadRules,
  type Rule,
} from '../src/detect/index.ts';
import { type RevokeOrder, Secret } from '../src/model/index.ts';
import { issuers, type Key, type Service, type Tools } from '../src/services/index.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGE = join(ROOT, 'docs/providers.md');
const SETTINGS_PAGE = join(ROOT, 'docs/issuer-settings.md');

type Step = 'check' | 'contain' | 'revoke';
/** How a step gets to the issuer: by the key alone, with credentials of that name, or not at all. */
interface Reach {
  readonly by: 'key' | 'admin' | 'nobody';
  readonly names: readonly string[];
}

const services = issuers({ keyburnUrl: 'https://issuer.example' });

/** Some bytes of a private key are no private key: where a rule's example is one, a real one is made. */
let pem: string | undefined;
function privateKey(): string {
  pem ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
  return pem;
}

const recorded = z.object({ parts: z.record(z.string(), z.string()).default({}) });

function partsOf(service: Service): Readonly<Record<string, Secret>> {
  const file = join(ROOT, `test/services/replies/${service.id}.json`);
  const { parts } = existsSync(file) ? recorded.parse(JSON.parse(readFileSync(file, 'utf8'))) : { parts: {} };
  return Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [
      name,
      new Secret(fillTemplate(text, { literals: [] }).text),
    ]),
  );
}

/** The key in an example of the rule, as the detector reads it. */
function exampleOf(rule: Rule, detector: Detector): Secret | undefined {
  if (/PRIVATE KEY/.test(rule.pattern ?? '')) return new Secret(privateKey());
  for (const example of rule.match) {
    const bytes = Buffer.from(fillTemplate(example, rule).text, 'utf8');
    const origin = { kind: 'stream', path: '-' } as const;
    const ranges = [{ from: 0, to: bytes.length }];
    const { findings } = detector.look({ origin, bytes, offset: 0, line: 1, column: 1, ranges });
    const own = findings.find((finding) => finding.rule.id === rule.id);
    if (own) return own.secret;
  }
  return undefined;
}

async function probe(service: Service, step: Step, key: Key, given: boolean) {
  let asked = false;
  const names = new Set<string>();
  const tools: Tools = {
    ask: async ({ what }) => {
      asked = true;
      return { kind: 'unanswered', why: 'offline', detail: what };
    },
    credential: (name) => {
      // Where an issuer stands is a setting, not a right.
      if (service.settings?.includes(name)) return new Secret('https://issuer.example');
      names.add(name);
      return given ? new Secret('x') : undefined;
    },
    now: () => new Date(0),
  };
  const place = { kind: 'blob', path: 'app.env', line: 1, commit: '', url: '' };
  const order = { id: '', service: service.id, place, ...key } as unknown as RevokeOrder;
  await (step === 'check' ? service.check?.(key, tools) : service[step]?.(order, tools));
  return { asked, names: [...names] };
}

async function reach(service: Service, step: Step, key: Key): Promise<Reach> {
  const alone = await probe(service, step, key, false);
  if (alone.asked) return { by: 'key', names: alone.names };
  const helped = await probe(service, step, key, true);
  return helped.asked ? { by: 'admin', names: helped.names } : { by: 'nobody', names: [] };
}

function words({ by, names }: Reach): string {
  const list = names.map((name) => `\`${name}\``).join(' + ');
  switch (by) {
    case 'key':
      return list === '' ? 'the key itself' : `the key itself, or ${list}`;
    case 'admin':
      return list;
    case 'nobody':
      return 'by hand';
  }
}

interface Row {
  readonly rule: Rule;
  readonly service: Service | undefined;
  readonly steps: Readonly<Record<Step, Reach>>;
}

const NONE: Reach = { by: 'nobody', names: [] };

async function rowOf(rule: Rule, detector: Detector): Promise<Row> {
  const [id, ...others] = rule.services;
  const service = others.length === 0 ? services.find((one) => one.id === id) : undefined;
  const secret = service && exampleOf(rule, detector);
  if (!service || !secret) return { rule, service, steps: { check: NONE, contain: NONE, revoke: NONE } };
  const key: Key = { secret, parts: partsOf(service) };
  const [check, contain, revoke] = await Promise.all(
    (['check', 'contain', 'revoke'] as const).map((step) => reach(service, step, key)),
  );
  return { rule, service, steps: { check: check ?? NONE, contain: contain ?? NONE, revoke: revoke ?? NONE } };
}

function line({ rule, service, steps }: Row): string {
  const { check, contain, revoke } = steps;
  const checked = check.by === 'nobody' ? '' : check.by === 'key' ? 'yes' : `with ${words(check)}`;
  const contained = contain.by === 'nobody' ? '' : words(contain);
  const cells = [
    rule.docs === undefined ? rule.id : `[${rule.id}](${rule.docs})`,
    rule.title,
    service?.name ?? rule.provider,
    checked,
    contained,
    service ? words(revoke) : '',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const reply = z.object({ replies: z.array(z.object({ origin: z.string().optional() })) });

/** Where the bodies of the recorded replies are from. */
function origins(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { captured: 0, documented: 0, composed: 0 };
  for (const { id } of services) {
    const file = join(ROOT, `test/services/replies/${id}.json`);
    for (const { origin } of reply.parse(JSON.parse(readFileSync(file, 'utf8'))).replies)
      if (origin !== undefined) counts[origin] = (counts[origin] ?? 0) + 1;
  }
  return counts;
}

/** Against the others: our column is counted here, theirs was counted on 2026-11-21 or stands in their own pages. */
function comparison(own: Readonly<Record<'found' | 'checked' | 'contained' | 'revoked', string>>): string {
  const rows: readonly (readonly string[])[] = [
    ['', 'keyburn', 'Kingfisher', 'TruffleHog', 'Betterleaks', 'gitleaks'],
    ['---', '---', '---', '---', '---', '---'],
    ['version', 'this one', '2.14.0 (rules), 2.17.0 (notes)', '3.97', '1.7.0', '8.30.1'],
    [
      'rules',
      own.found,
      '488, of which 47 are helpers ¹',
      '919 detectors ²',
      '412, of which 30 are helpers ³',
      '222 ³',
    ],
    [
      '… whose issuer is asked',
      own.checked,
      'those of Betterleaks and its own: not counted; 1.x: 516 ²',
      'nearly all ²',
      '187 ³',
      '0',
    ],
    ['… contained', own.contained, '0', '0', '0', '0'],
    ['… revoked', own.revoked, 'about 43 ids of about 20 issuers ²', '0', '0 (2.0 RC has the engine ²)', '0'],
    ['who revokes', 'the scan itself, under a policy', 'a command for each key', '', '', ''],
    ['asked again after it', 'always: only that closes an incident', 'by hand', '', '', ''],
    ['several keys in a call', 'yes, GitHub: 1,000', 'no', '', '', ''],
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The whole page. */
export async function providers(): Promise<string> {
  const rules = await loadRules([builtInRules]);
  const detector = createDetector(rules);
  const rows = await Promise.all(rules.rules.map((rule) => rowOf(rule, detector)));
  rows.sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
  const count = (is: (row: Row) => boolean) => rows.filter(is).length;
  const families = (is: (row: Row) => boolean) =>
    new Set(rows.filter(is).flatMap(({ service }) => service?.id ?? [])).size;
  const revocable = ({ steps }: Row) => steps.revoke.by !== 'nobody';
  const containable = ({ steps }: Row) => steps.contain.by !== 'nobody';
  const checkable = ({ steps }: Row) => steps.check.by !== 'nobody';
  const both = (is: (row: Row) => boolean) => `${count(is)} kinds, ${families(is)} issuers`;
  const bodies = origins();
  return `# Every kind of key, and what can be done about it

Written by \`npm run docs:providers\` from \`rules/\` and \`src/services/\`; a test holds it up to date.

| | kinds | issuers |
| --- | ---: | ---: |
| found | ${rows.length} | |
| checked: its issuer is asked whether it lives | ${count(checkable)} | ${families(checkable)} |
| contained: switched off so that it can be switched on again | ${count(containable)} | ${families(containable)} |
| revoked | ${count(revocable)} | ${families(revocable)} |
| … by the key itself | ${count(({ steps }) => steps.revoke.by === 'key')} | ${families(({ steps }) => steps.revoke.by === 'key')} |
| … with a credential of its owner | ${count(({ steps }) => steps.revoke.by === 'admin')} | ${families(({ steps }) => steps.revoke.by === 'admin')} |

A credential is read from the environment variable of that name, or from the file that \`NAME_FILE\` names. A key with another half, or of
an issuer that stands at its customers', is checked where that half or host stands near it. Where nothing is written
under _checked_, keyburn finds the key and asks nobody. By hand: \`keyburn\` prints the steps. What else can be set for an issuer:
[issuer-settings.md](issuer-settings.md).

What the services make of an answer is tested on recorded replies, each with its page: ${bodies.captured} were captured from a real server,
${bodies.documented} stand word for word on the page, and ${bodies.composed} were composed from what the page says. No vendor was asked for them. Real servers stand in the tests
for OAuth (RFC 7009 and 7662), npm registries and keyburn's own key service.

## Against the others

${comparison({ found: String(rows.length), checked: both(checkable), contained: both(containable), revoked: both(revocable) })}

¹ counted on 2026-11-21: \`kingfisher rules list --format json\`, visible and not. ² from the project's own pages, read on 2026-11-20. ³ counted on
2026-11-21 in the configuration that the version brings. How well each finds: [accuracy.md](accuracy.md).

## Every kind

| rule | what it is | issuer | checked | contained by | revoked by |
| --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}
`;
}

/** docs/issuer-settings.md: what an operator can set for each issuer, in the services' own words. */
export function issuerSettings(): string {
  const uses = new Map<string, { what: string; names: string[]; address: boolean }>();
  for (const { name, asks = {}, settings = [] } of services) {
    for (const [variable, what] of Object.entries(asks)) {
      const known = uses.get(variable) ?? { what, names: [], address: settings.includes(variable) };
      uses.set(variable, { ...known, names: [...known.names, name] });
    }
  }
  const table = (address: boolean) =>
    [...uses]
      .filter(([, use]) => use.address === address)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([variable, { what, names }]) =>
          `| \`${variable}\` | ${names.join(', ')} | ${what.replaceAll('<', '&lt;')} |`,
      )
      .join('\n');
  return `# What an operator can set for an issuer

Written by \`npm run docs:providers\` from \`src/services/\`; a test holds it up to date, another that nothing is missing.

Each is an environment variable; \`NAME_FILE\` may name a file that holds it instead. keyburn reads none of them before it needs it, sends
a credential to its own issuer alone, and prints none. What can be done with it: [docs/providers.md](providers.md). What is missing is named
in the verdict or in the steps of the receipt, with the words of this page.

## Where an issuer stands

For an issuer that stands at its customers'. The host of such an address may be asked wherever it is, also inside the company, also over http.

| variable | issuer | what it is |
| --- | --- | --- |
${table(true)}

keyburn's own key service stands where \`KEYBURN_SERVICE_URL\` or \`[keyservice] url\` of keyburn.toml says.

## Credentials of an owner or administrator, and what else a question may take

For issuers that end a key only on their owner's word, or that may need more than the key itself. Give each the fewest rights that its line names.

| variable | issuer | what it is, and where to get it |
| --- | --- | --- |
${table(false)}
`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(PAGE, await providers());
  writeFileSync(SETTINGS_PAGE, issuerSettings());
}
