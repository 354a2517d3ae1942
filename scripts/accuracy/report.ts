// The figures as people read them: on the terminal, and in docs/accuracy.md.
import { type NoiseRow, noiseRate, noisyRules } from './noise.ts';
import {
  byRule,
  type Figures,
  f1,
  figures,
  formedPrecision,
  precision,
  recall,
  type Scored,
  sourcesOf,
  structured,
  worstMisses,
} from './score.ts';

/** Other scanners, as they did in one run over the same cases; by the name of the part of the cases. */
export interface Peers {
  /** YYYY-MM-DD */
  readonly measured: string;
  readonly peers: readonly {
    readonly name: string;
    readonly version: string;
    readonly figures: Readonly<Record<string, Figures>>;
  }[];
}

/** Parts of the cases that are fair to one scanner or another: its own family's test data flatters it. */
const PARTS: Readonly<Record<string, (sources: readonly string[]) => boolean>> = {
  all: () => true,
  'without gitleaks, betterleaks': (own) => !own.some((one) => one === 'gitleaks' || one === 'betterleaks'),
  'without noseyparker, titus, kingfisher': (own) =>
    !own.some((one) => one === 'noseyparker' || one === 'titus' || one === 'kingfisher'),
  'without trufflehog': (own) => !own.includes('trufflehog'),
  'creddata, leaky-repo': (own) => own.some((one) => one === 'creddata' || one === 'leaky-repo'),
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const many = (count: number): string => count.toLocaleString('en-US');

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map((_, i) => (i === 0 ? '---' : '--:'))) + rows.map(line).join('');
}

function bySource(scored: Scored): [string, Figures][] {
  const names = [...new Set(scored.units.flatMap((unit) => sourcesOf(unit.case)))].sort();
  return [
    ...names.map((name): [string, Figures] => [
      name,
      figures(scored, (one) => sourcesOf(one).includes(name)),
    ]),
    ['all', figures(scored)],
  ];
}

/** @param isGeneric the rules whose keys have no form of their own */
export function casesText(scored: Scored, isGeneric: (rule: string) => boolean = () => false): string {
  const rows = bySource(scored).map(
    ([name, of]) =>
      `${name.padEnd(16)} found ${of.found}/${of.secrets}  false alarms ${of.falseAlarms}/${of.clean} + ${of.ruleFalseAlarms}/${of.ruleClean}` +
      `  extra ${of.extra}  recall ${percent(recall(of))}  precision ${percent(precision(of))}  F1 ${percent(f1(of))}\n`,
  );
  const formed = figures(structured(scored));
  const worst = worstMisses(scored)
    .slice(0, 15)
    .map((row) => `${row.what} ${row.missed}/${row.all}`);
  return `${rows.join('')}structured tokens: found ${formed.found}/${formed.secrets}  recall ${percent(recall(formed))}  precision of their rules ${percent(formedPrecision(scored, isGeneric))}\nmost missed: ${worst.join(', ')}\n`;
}

export function noiseText(rows: readonly NoiseRow[]): string {
  const lines = rows.reduce((sum, row) => sum + row.lines, 0);
  const rules = noisyRules(rows).map(([rule, count]) => `${rule} ${count}`);
  return `noise: ${many(lines)} lines, ${noiseRate(rows).toFixed(2)} findings per 100,000: ${rules.join(', ')}\n`;
}

/** One line for each source. */
function missedBySource(scored: Scored): string {
  return bySource(scored)
    .map(([name]) => [name, worstMisses(scored, (own) => sourcesOf(own).includes(name)).slice(0, 6)] as const)
    .filter(([, rows]) => rows.length > 0)
    .map(
      ([name, rows]) =>
        `- ${name}: ${rows.map((row) => `${row.what} ${row.missed} of ${row.all}`).join(', ')}`,
    )
    .join('\n');
}

function casesPart(scored: Scored, rules: readonly string[], isGeneric: (rule: string) => boolean): string {
  const formed = figures(structured(scored));
  const ruled = byRule(scored);
  const seen = new Set(ruled.map((row) => row.rule));
  const silent = rules.filter((rule) => !seen.has(rule)).length;
  return `## Labelled cases

Secrets are to be found; clean cases are to be left alone. Clean cases of the kind _rule_ are near misses of one rule of their source: another
rule that reports them may be right, and counts as a false alarm all the same. _Extra_ lines are reported ones that no label speaks of.

${table(
  [
    'source',
    'found',
    'secrets',
    'false alarms',
    'clean',
    'of a rule',
    'clean for a rule',
    'extra',
    'recall',
    'precision',
    'F1',
  ],
  bySource(scored).map(([name, of]) => [
    name,
    of.found,
    of.secrets,
    of.falseAlarms,
    of.clean,
    of.ruleFalseAlarms,
    of.ruleClean,
    of.extra,
    percent(recall(of)),
    percent(precision(of)),
    percent(f1(of)),
  ]),
)}
Tokens with a form of their own: ${formed.found} of ${formed.secrets} found (${percent(recall(formed))}). Of the lines and texts that rules
with such a form reported, ${percent(formedPrecision(scored, isGeneric))} hold a secret.

What is missed most: ${worstMisses(scored)
    .slice(0, 30)
    .map((row) => `${row.what} ${row.missed} of ${row.all}`)
    .join(', ')}.

What each source misses most:

${missedBySource(scored)}

### Rule by rule

Every rule that reported something. ${silent} of ${rules.length} rules met nothing in these cases; their own examples prove them.

${table(
  ['rule', 'found', 'false alarms', 'near misses', 'precision'],
  ruled.map((row) => [
    `\`${row.rule}\``,
    row.found,
    row.falseAlarms,
    row.ruleFalseAlarms,
    percent(row.found / (row.found + row.falseAlarms + row.ruleFalseAlarms)),
  ]),
)}`;
}

export function figuresByPart(scored: Scored): Readonly<Record<string, Figures>> {
  return Object.fromEntries(
    Object.entries(PARTS).map(([part, holds]) => [part, figures(scored, (one) => holds(sourcesOf(one)))]),
  );
}

function peersPart(scored: Scored, { measured, peers }: Peers): string {
  const rows = Object.entries(figuresByPart(scored)).flatMap(([part, own]) => {
    return [
      { name: 'keyburn', of: own },
      ...peers.map((peer) => ({ name: peer.name, of: peer.figures[part] })),
    ].flatMap(({ name, of }) =>
      of === undefined
        ? []
        : [[part, name, of.found, of.secrets, percent(recall(of)), percent(precision(of)), percent(f1(of))]],
    );
  });
  return `## Beside others

The same cases for all, counted by the same rules: a snippet is found when anything in it is reported, a labelled line when a report touches it.
The others ran on ${measured}, each with its defaults and verification off: ${peers.map((peer) => `${peer.name} ${peer.version}`).join(', ')}; keyburn's rows are as new as this page.
A scanner's own test data flatters it, so the parts below leave each family's out; the last one belongs to nobody.

${table(['cases', 'scanner', 'found', 'secrets', 'recall', 'precision', 'F1'], rows)}
Commands: \`gitleaks dir --no-banner --exit-code=0 --report-format=json --report-path=OUT DIR\` (betterleaks alike),
\`kingfisher scan DIR --no-validate --no-dedup --format jsonl\`, \`trufflehog filesystem DIR --no-verification --json\`.
`;
}

function noisePart(rows: readonly NoiseRow[]): string {
  const lines = rows.reduce((sum, row) => sum + row.lines, 0);
  const found = rows.reduce((sum, row) => sum + row.findings.length, 0);
  return `## Noise

${many(lines)} lines of ${rows.length} published packages of many kinds: ${found} findings, ${noiseRate(rows).toFixed(2)} per 100,000 lines. Those include
whatever really is a key there: the private keys of test fixtures, signed addresses in examples, a provider's default keys.

${table(
  ['package', 'kind', 'lines', 'findings', 'rules'],
  rows.map((row) => [
    row.package,
    row.kind,
    many(row.lines),
    row.findings.length,
    noisyRules([row])
      .map(([rule, count]) => `${rule} ${count}`)
      .join(', '),
  ]),
)}
Rules behind them: ${noisyRules(rows)
    .map(([rule, count]) => `\`${rule}\` ${count}`)
    .join(', ')}.
`;
}

/** docs/accuracy.md. @param noise without it the noise part of `before` stays */
export function document(
  scored: Scored,
  noise: readonly NoiseRow[] | undefined,
  peers: Peers,
  rules: readonly string[],
  before: string,
  isGeneric: (rule: string) => boolean = () => false,
): string {
  const kept = /^## Noise\n[\s\S]*?(?=^## )/m.exec(before)?.[0].trimEnd();
  return `# Accuracy

<!-- Generated: \`npm run accuracy -- CASES --noise --write\` renews this page. -->

How much of what leaks is found, and how often the alarm is false: measured on labelled cases from public test data and repositories, and on published packages.
\`npm run accuracy -- CASES\` scores the cases (JSON Lines, \`.gz\` or not); \`--noise\` looks at the packages of \`scripts/accuracy/packages.ts\`
as well, which npm fetches once; \`--peers\` runs the other scanners of the table, which must be on the PATH; \`--write\` renews this page. It ends 1 where a figure falls below \`scripts/accuracy/floor.json\`.
Nothing that is found is asked about, and no value of a case is in this project.

${peersPart(scored, peers)}
${noise === undefined ? (kept ?? '') : noisePart(noise).trimEnd()}

${casesPart(scored, rules, isGeneric)}`;
}
