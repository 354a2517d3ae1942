// One self-contained page, in the look of the incidents page: no script, nothing loaded from anywhere, every foreign word escaped.

import { createHash } from 'node:crypto';
import { type Entry, isDead, isUsable, type Summary, whyInWords } from '../../model/index.ts';
import { advice, SHORT } from './advice.ts';
import { type Bar, barTable } from './html-charts.ts';
import { LOOK } from './html-look.ts';
import { html, type Markup } from './html-markup.ts';
import { badge, placeLine, placeList, stateWord, stations, storyOf, time } from './html-story.ts';
import { otherRules } from './other-rules.ts';
import type { Out, Reporter, ReportOptions } from './reporter.ts';

const STYLE = `${LOOK}body{padding:2.25rem 0 4rem}article{margin-top:1rem}`;
const MOST_BARS = 10;

export function htmlReporter(out: Out, options: ReportOptions): Reporter {
  const rerun = options.rerun ?? 'keyburn scan';
  const entries: Entry[] = [];
  return {
    entry: (entry) => void entries.push(entry),
    finish(summary) {
      const hash = createHash('sha256').update(STYLE).digest('base64');
      const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
      out.write(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>keyburn report</title>
<style>${STYLE}</style>
</head>
<body>
<div class="wrap stack">
<header><h1>keyburn report</h1></header>
<main class="stack">
${[figures(summary), gaps(summary), charts(entries)].join('\n')}
<section aria-label="Keys">
`);
      for (const entry of entries) out.write(`${card(entry, rerun).toString()}\n`);
      if (entries.length === 0) {
        const quiet =
          summary.skipped.length === 0 ? 'No keys found. All quiet.' : 'No keys found in what was read.';
        out.write(`<p>${quiet}</p>\n`);
      }
      out.write('</section>\n</main>\n</div>\n</body>\n</html>\n');
    },
  };
}

function figures(summary: Summary): Markup {
  const items: readonly [number, string][] = [
    [summary.findings, 'keys'],
    [summary.live, 'live'],
    [summary.revoked, 'burned by this run'],
    [summary.files, 'files'],
    [summary.blobs, 'blobs'],
    [summary.commits, 'commits'],
  ];
  return html`<ul class="numbers card">${items.map(([number, name]) => html`<li><b>${number.toLocaleString('en')}</b><span class="soft">${name}</span></li>`)}</ul>`;
}

function gaps({ skipped }: Summary): Markup | string {
  if (skipped.length === 0) return '';
  return html`<section class="card doubt"><h2>${badge({ word: 'incomplete', tone: 'doubt' })} Not read, so this scan is not complete</h2><ul class="dots">${skipped.map(({ path, why }) => html`<li><code>${path}</code>: ${why}</li>`)}</ul></section>`;
}

function charts(entries: readonly Entry[]): Markup | string {
  if (entries.length < 2) return '';
  const issuers = bars(entries, (entry) => entry.service ?? 'not known');
  const folders = bars(entries, (entry) => entry.place.repository ?? entry.place.path);
  const chart = (title: string, name: string, list: readonly Bar[]): Markup =>
    html`<section class="card stack"><h2>${title}</h2>${barTable(title, name, list, ['live', 'not live'])}</section>`;
  return html`<div class="two">${chart('By issuer', 'Issuer', issuers)}${chart('By repository', 'Repository', folders)}</div>`;
}

function bars(entries: readonly Entry[], nameOf: (entry: Entry) => string): readonly Bar[] {
  const groups = new Map<string, { open: number; closed: number }>();
  for (const entry of entries) {
    const group = groups.get(nameOf(entry)) ?? { open: 0, closed: 0 };
    if (stateWord(entry).tone === 'live') group.open += 1;
    else group.closed += 1;
    groups.set(nameOf(entry), group);
  }
  return [...groups]
    .map(([name, group]) => ({ name, ...group }))
    .sort((a, b) => b.open - a.open || b.closed - a.closed)
    .slice(0, MOST_BARS);
}

function card(entry: Entry, rerun: string): Markup {
  const { verdict, receipt } = entry;
  const steps = advice(entry, rerun);
  const rows: (readonly [string, Markup])[] = [
    ['where', placeLine(entry.place)],
    ...(entry.otherPlaces.length === 0 ? [] : ([['also', placeList(entry.otherPlaces)]] as const)),
    [
      'verdict',
      html`${verdict.state}: ${whyInWords(verdict)}${verdict.checkedAt !== undefined && html` (${time(verdict.checkedAt)})`}`,
    ],
    ['exposure', html`${entry.exposure}`],
    ['decision', html`${entry.decision.act}: ${entry.decision.because}`],
    ...(receipt === null ? [] : ([['result', html`${receipt.outcome}: ${receipt.note}`]] as const)),
    ...(steps.length === 0
      ? []
      : ([['next', html`<ol class="steps">${steps.map((step) => html`<li>${step}</li>`)}</ol>`]] as const)),
    [
      'rule',
      html`<code>${entry.rule}</code> (${entry.severity})${otherRules(entry).map((line) => html`<br>${line}`)}`,
    ],
    ['id', html`<code>${entry.id.slice(0, SHORT)}</code>`],
  ];
  const story =
    isUsable(verdict) || isDead(verdict)
      ? stations(storyOf({ found: undefined, verdict, receipt }))
      : undefined;
  return html`<article class="card stack"><h2 class="head">${badge(stateWord(entry))} <span>${entry.title}</span> <code>${entry.preview}</code></h2>${story}<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></article>`;
}
