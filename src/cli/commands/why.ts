import { type Base, base, detector, ledgerOf, verifier } from '../../equip/index.ts';
import { type Finding, isDead, isUsable, type Place, SetupError, spotOf } from '../../model/index.ts';
import type { Lookup } from '../../record/index.ts';
import {
  type Cause,
  checklist,
  type Explanation,
  explain,
  parseHttpResponse,
  type Service,
  type Story,
} from '../../services/index.ts';
import type { Verifier } from '../../verify/index.ts';
import { type Io, readStdin } from '../io.ts';
import { findingOf, known } from '../one-key.ts';
import { printable, verdictLine } from '../words.ts';

interface WhyOptions {
  readonly offline: boolean;
  readonly service?: string;
  readonly config?: string;
}

/** Explains a refusal: what the issuer means, where the key was exposed, who burned it when, and what to do next, in order. */
export async function why(io: Io, options: WhyOptions): Promise<number> {
  if (io.stdin.isTTY === true)
    io.stderr.write('keyburn: paste the response (curl -i) or the key, then Ctrl-D\n');
  const input = (await readStdin(io)).trim();
  if (input === '')
    throw new SetupError('nothing on standard input', {
      hint: 'pipe in the whole answer, or a key: `curl -i https://api.example.com | keyburn why`',
    });
  const response = parseHttpResponse(input);
  if (response !== undefined) {
    const made = await equipped(io, options);
    const said = explain(response, [...made.services.values()]);
    // Some issuers say no with a 200 and a word in the body; where there is no such word, nothing was refused.
    const accepted = response.status >= 200 && response.status < 300 && said.cause === 'unclear';
    io.stdout.write(accepted ? noRefusal(response.status) : told(response.status, said));
    return 0;
  }
  return whyKey(io, input, options);
}

/** Offline, too, the issuers are there: to be recognised by their words, and for their steps. */
function equipped(io: Io, { config }: WhyOptions): Promise<Base> {
  return base(io, { offline: false, ...(config !== undefined && { config }) });
}

/** Refusals in which the key itself may be at fault. */
const OF_THE_KEY: ReadonlySet<Cause> = new Set<Cause>([
  'missing',
  'malformed',
  'expired',
  'disabled',
  'revoked',
  'dead',
  'rejected',
  'unclear',
]);

function noRefusal(status: number): string {
  return `HTTP ${status} is no refusal: the service took this request.\nPipe in the answer that refused the key: curl -i, with the request that failed.\n`;
}

function told(status: number, said: Explanation): string {
  const lines = [`${status === 0 ? '' : `HTTP ${status} · `}${said.cause}`, printable(said.meaning)];
  if (said.story) lines.push('', ...storyLines(said.story));
  lines.push('', 'Next:', ...said.steps.map((step, i) => `  ${i + 1}. ${printable(step)}`));
  if (OF_THE_KEY.has(said.cause)) {
    lines.push('', ...checks(said.service));
    if (!said.story && said.cause !== 'missing') lines.push('', WITH_THE_KEY);
  }
  if (said.requestId !== undefined)
    lines.push('', `Request id, to quote to the issuer: ${printable(said.requestId)}`);
  if (said.docs !== undefined)
    lines.push(`${said.requestId === undefined ? '\n' : ''}More: ${printable(said.docs)}`);
  return `${lines.join('\n')}\n`;
}

/** A response has no key in it, so nobody can be asked about one. */
const WITH_THE_KEY =
  'Which commit or log exposed it, and who burned it? Give keyburn the key itself: printf %s "$API_KEY" | keyburn why';

function checks(service: string | undefined): readonly string[] {
  return [
    'Check, in this order:',
    ...checklist(service).map(({ what, text }) => `  ${what.padEnd(10)}${text}`),
  ];
}

/** The issuer's own word on where the key was found, and on who stopped it. */
function storyLines({ stopped, at, by, reason, foundAt, foundTime }: Story): readonly string[] {
  const lines: string[] = [];
  if (foundAt) {
    const { url, repository, path, line, commit, exposure } = foundAt;
    const file = path === undefined ? undefined : line === undefined ? path : `${path}:${line}`;
    const where = [repository, file, commit && `commit ${commit.slice(0, 12)}`, url].filter(Boolean);
    const who = exposure === undefined ? '' : ` (${exposure})`;
    lines.push(`exposed    ${printable(where.join(', ')) || 'somewhere'}${printable(who)}`);
    if (foundTime !== undefined) lines.push(`found      ${printable(foundTime)}`);
  }
  const because = reason === undefined ? '' : `, because: ${reason}`;
  lines.push(
    `${stopped.padEnd(11)}${printable(`${at ?? 'at an unknown time'} by ${by ?? 'nobody who is named'}${because}`)}`,
  );
  return lines;
}

async function whyKey(io: Io, input: string, options: WhyOptions): Promise<number> {
  const made = await equipped(io, options);
  known(options.service, made.services);
  const finding = findingOf(input, await detector(made, []), options.service);
  if (finding === undefined)
    throw new SetupError('this is neither an HTTP response nor a key that a rule knows', {
      hint: 'a response begins with its status line: `curl -i URL | keyburn why`; for a key, name its issuer with --service',
    });
  const ledger = await ledgerOf(io, made);
  try {
    const asking = await verifier(io, made, { offline: options.offline, ledger });
    const verdict = await asking.verify(finding);
    const [id] = finding.services;
    const service = finding.services.length === 1 ? made.services.get(id ?? '') : undefined;
    const lines = [`${finding.secret.preview}  ${finding.rule.title}`, verdictLine(verdict)];
    // A live key has no story yet, and what could not be asked just now will not be asked again.
    const story =
      isUsable(verdict) || verdict.state === 'unknown' || verdict.state === 'malformed'
        ? undefined
        : await storyOf(finding, service, asking);
    if (story) lines.push('', `${service?.name ?? 'The issuer'} says:`, ...storyLines(story));
    lines.push('', ...remembered(await ledger.incident(made.fingerprintKey.fingerprint(finding.secret))));
    if (service && !isDead(verdict))
      lines.push(
        '',
        'By hand:',
        ...service.byHand({ preview: finding.secret.preview }).map((step, i) => `  ${i + 1}. ${step}`),
      );
    if (!isUsable(verdict)) lines.push('', ...checks(service?.id));
    io.stdout.write(`${lines.join('\n')}\n`);
    return isUsable(verdict) ? 3 : 0;
  } finally {
    await ledger.end();
  }
}

async function storyOf(
  finding: Finding,
  service: Service | undefined,
  asking: Verifier,
): Promise<Story | undefined> {
  return service?.story?.({ secret: finding.secret, parts: finding.parts }, asking.tools(service.id));
}

/** What this machine's ledger knows: every place, and what was done when by whom. */
function remembered(known: Lookup): readonly string[] {
  if (known.kind !== 'one') return ["this machine's ledger has never met it"];
  const { incident, steps } = known;
  const places = [incident.place, ...incident.otherPlaces].map((place) => `found at   ${placeLine(place)}`);
  return [
    `The ledger says (first seen ${incident.firstSeen}, ${incident.exposure}):`,
    ...places,
    ...(incident.receipt
      ? [`${incident.receipt.outcome.padEnd(11)}${incident.receipt.at}: ${printable(incident.receipt.note)}`]
      : []),
    ...steps.map(
      ({ at, who, what, note }) => `  ${at}  ${what.padEnd(9)} ${printable(who)}: ${printable(note)}`,
    ),
  ];
}

function placeLine(place: Place): string {
  const { commit, author, date, url } = place;
  const parts = [
    spotOf(place),
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
    ...(author === undefined ? [] : [`by ${author}${date === undefined ? '' : ` on ${date.slice(0, 10)}`}`]),
    ...(url === undefined ? [] : [url]),
  ];
  return printable(parts.join(', '));
}
