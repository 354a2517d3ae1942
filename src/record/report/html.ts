// One self-contained page: no script, nothing loaded from anywhere, every foreign word escaped.

import { createHash } from 'node:crypto';
import { type Entry, isDead, isUsable, type Place, type Summary } from '../../model/index.ts';
import { advice, SHORT } from './advice.ts';
import { escapeMarkup as text } from './markup.ts';
import type { Out, Reporter, ReportOptions } from './reporter.ts';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#60646c;--page:#f6f7f9;--card:#fff;--line:#dfe2e6;--live:#c4291c;--dead:#1a7f4b;--doubt:#97600a}
@media(prefers-color-scheme:dark){:root{--ink:#edeef0;--soft:#a3a8b0;--page:#111317;--card:#1a1d22;--line:#2d3138;--live:#ff7a6b;--dead:#4cc38a;--doubt:#f0b454}}
*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:2rem 1rem 4rem;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0 0 1rem}h2{font-size:1.05rem;margin:0 0 .6rem;display:flex;gap:.6rem;align-items:baseline;flex-wrap:wrap}
article,.gap{background:var(--card);border:1px solid var(--line);border-left:.35rem solid var(--tone,var(--line));border-radius:.5rem;padding:1rem 1.2rem;margin:0 0 1rem}
.tone-live{--tone:var(--live)}.tone-dead{--tone:var(--dead)}.tone-doubt{--tone:var(--doubt)}
.badge{color:var(--tone);font-weight:700;text-transform:uppercase;letter-spacing:.04em}code{font:.92em/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:6.5rem 1fr;gap:.25rem .8rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}ol,ul{margin:0;padding-left:1.2rem}
.figures{display:flex;flex-wrap:wrap;gap:.8rem;margin:0 0 1.5rem;padding:0;list-style:none}.figures li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem}
.figures b{display:block;font-size:1.4rem}.soft{color:var(--soft)}a{color:inherit}
@media(max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
`;

export function htmlReporter(out: Out, options: ReportOptions): Reporter {
  const rerun = options.rerun ?? 'keyburn scan';
  const cards: string[] = [];
  return {
    entry: (entry) => {
      cards.push(card(entry, rerun));
    },
    finish(summary) {
      const hash = createHash('sha256').update(STYLE).digest('base64');
      out.write(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>keyburn report</title>
<style>${STYLE}</style>
</head>
<body>
<h1>keyburn report</h1>
${figures(summary)}
${gaps(summary)}<main>
`);
      for (const item of cards) out.write(`${item}\n`);
      if (cards.length === 0) {
        out.write(
          `<p>No keys found${summary.skipped.length === 0 ? '. All quiet.' : ' in what was read.'}</p>\n`,
        );
      }
      out.write('</main>\n</body>\n</html>\n');
    },
  };
}

function figures(summary: Summary): string {
  const items: readonly [number, string][] = [
    [summary.findings, 'keys'],
    [summary.live, 'live'],
    [summary.revoked, 'revoked'],
    [summary.files, 'files'],
    [summary.blobs, 'blobs'],
    [summary.commits, 'commits'],
  ];
  const list = items.map(([number, name]) => `<li><b>${number}</b><span class="soft">${name}</span></li>`);
  return `<ul class="figures">${list.join('')}</ul>`;
}

function gaps({ skipped }: Summary): string {
  if (skipped.length === 0) return '';
  const items = skipped.map(({ path, why }) => `<li><code>${text(path)}</code>: ${text(why)}</li>`);
  return `<section class="gap tone-doubt"><h2>Not read, so this scan is not complete</h2><ul>${items.join('')}</ul></section>\n`;
}

function card(entry: Entry, rerun: string): string {
  const { verdict, receipt } = entry;
  const gone = receipt !== null && 'proof' in receipt && isDead(receipt.proof);
  const word = gone ? receipt.outcome : verdict.state;
  const tone = gone || isDead(verdict) ? 'dead' : isUsable(verdict) ? 'live' : 'doubt';
  const rows: [string, string][] = [
    ['where', placeOf(entry.place)],
    ...(entry.otherPlaces.length === 0
      ? []
      : ([['also', others(entry.otherPlaces)]] satisfies [string, string][])),
    [
      'verdict',
      text(`${verdict.state}: ${verdict.why}${verdict.checkedAt ? ` (${verdict.checkedAt})` : ''}`),
    ],
    ['exposure', text(entry.exposure)],
    ['decision', text(`${entry.decision.act}: ${entry.decision.because}`)],
    ...(receipt === null
      ? []
      : ([['result', text(`${receipt.outcome}: ${receipt.note}`)]] satisfies [string, string][])),
  ];
  const steps = advice(entry, rerun);
  if (steps.length > 0)
    rows.push(['next', `<ol>${steps.map((step) => `<li>${text(step)}</li>`).join('')}</ol>`]);
  rows.push(['rule', `<code>${text(entry.rule)}</code> (${text(entry.severity)})`]);
  rows.push(['id', `<code>${text(entry.id.slice(0, SHORT))}</code>`]);
  const list = rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('');
  return `<article class="tone-${tone}"><h2><span class="badge">${text(word)}</span> ${text(entry.title)} <code>${text(entry.preview)}</code></h2><dl>${list}</dl></article>`;
}

function others(places: readonly Place[]): string {
  const list = `<ul>${places.map((place) => `<li>${placeOf(place)}</li>`).join('')}</ul>`;
  return places.length < 4
    ? list
    : `<details><summary>${places.length} more places</summary>${list}</details>`;
}

function placeOf(place: Place): string {
  const spot = `<code>${text(`${place.path === '' ? (place.object ?? '?') : place.path}:${place.line}:${place.column}`)}</code>`;
  const link = place.url !== undefined && /^https?:\/\//i.test(place.url);
  const shown = link ? `<a href="${text(place.url ?? '')}" rel="noreferrer">${spot}</a>` : spot;
  if (place.commit === undefined) return shown;
  const who = [place.commit.slice(0, SHORT), place.author, place.date?.slice(0, 10)].filter(
    (part) => part !== undefined,
  );
  return `${shown} <span class="soft">${text(who.join(', '))}</span>`;
}
