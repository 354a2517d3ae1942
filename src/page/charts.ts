import { type Figures, parts } from '../record/index.ts';
import { shortName } from './list.ts';
import { addressOf, parseAddress } from './query.ts';

const { html, lineChart, barTable, countTable } = parts;
type Markup = parts.Markup;

export const DAYS = 90;

export function chartsPage(figures: Figures): Markup {
  const { live, spans, medianSpan, services, repositories } = figures;
  const now = live.at(-1)?.count ?? 0;
  const most = Math.max(0, ...live.map((point) => point.count));
  const burned = spans.reduce((sum, span) => sum + span.count, 0);
  const all = parseAddress({});
  return html`<h1>Charts</h1>
<ul class="numbers card"><li><b>${now.toLocaleString('en')}</b><span class="soft">live keys now</span></li><li><b>${burned.toLocaleString('en')}</b><span class="soft">burned, of known age</span></li><li><b>${medianSpan === undefined ? '–' : spanWords(medianSpan)}</b><span class="soft">median from commit to burn</span></li></ul>
<section class="card stack" aria-labelledby="live"><h2 id="live">Live keys over time</h2>${lineChart({
    id: 'live-chart',
    title: `Live keys over the last ${DAYS} days`,
    summary: `${live[0]?.count ?? 0} ${DAYS} days ago, at most ${most}, ${now} now.`,
    points: live.map(({ day, count }) => ({ name: day, count })),
    columns: ['Day', 'Live keys'],
  })}</section>
<section class="card stack" aria-labelledby="span"><h2 id="span">From push to burn</h2>${countTable('How long burned keys had lain open', 'Time', 'keys', spans)}<p class="soft small">From the author’s date of the oldest commit that has the key, which is the earliest it can have been pushed, to the proof that keyburn’s burn worked.</p></section>
<div class="two">
<section class="card stack" aria-labelledby="issuers"><h2 id="issuers">By issuer</h2>${barTable(
    'Incidents by issuer',
    'Issuer',
    services.map((group) => ({
      ...group,
      name: group.name === '' ? 'not known' : group.name,
      ...(group.name === '' ? {} : { href: addressOf(all, { tab: 'all', service: group.name }) }),
    })),
    ['open', 'closed'],
  )}</section>
<section class="card stack" aria-labelledby="repositories"><h2 id="repositories">By repository</h2>${barTable(
    'Incidents by repository',
    'Repository',
    repositories.map((group) => ({
      ...group,
      name: group.name === '' ? 'none' : shortName(group.name),
      ...(group.name === '' ? {} : { href: addressOf(all, { tab: 'all', repository: group.name }) }),
    })),
    ['open', 'closed'],
  )}</section></div>`;
}

const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

export function spanWords(seconds: number): string {
  for (const [size, unit] of UNITS) {
    if (seconds >= size)
      return `${(seconds / size).toFixed(seconds / size < 10 ? 1 : 0).replace(/\.0$/, '')} ${unit}`;
  }
  return `${seconds} s`;
}
