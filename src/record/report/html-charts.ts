// Charts as inline SVG, made here: shapes in the SVG, words beside it in HTML, so that they keep their size on a small screen. Each
// has its numbers as a table, too.

import { html, type Markup } from './html-markup.ts';

export interface Point {
  readonly name: string;
  readonly count: number;
}

export interface Bar {
  readonly name: string;
  /** Where the name leads to. */
  readonly href?: string;
  readonly open: number;
  readonly closed: number;
}

const WIDTH = 600;
const HEIGHT = 200;

/** Counts over time, in equal steps. */
export function lineChart(about: {
  readonly id: string;
  readonly title: string;
  /** What it shows, in one sentence: for those who do not see it. */
  readonly summary: string;
  readonly points: readonly Point[];
  readonly columns: readonly [name: string, count: string];
}): Markup {
  const { id, points } = about;
  const top = niceAbove(Math.max(0, ...points.map((point) => point.count)));
  const x = (index: number): string =>
    ((points.length < 2 ? 0 : index / (points.length - 1)) * WIDTH).toFixed(1);
  const y = (count: number): string => (HEIGHT - (count / top) * HEIGHT).toFixed(1);
  const path = points.map((point, index) => `${x(index)},${y(point.count)}`).join(' ');
  const rules = [0, 0.5, 1].map((part) => {
    const at = (HEIGHT * part).toFixed(1);
    return html`<line class="grid" x1="0" x2="${WIDTH}" y1="${at}" y2="${at}" vector-effect="non-scaling-stroke"/>`;
  });
  const ends = [points[0], points[Math.floor((points.length - 1) / 2)], points.at(-1)];
  return html`<div class="chart"><div class="y" aria-hidden="true"><span>${top.toLocaleString('en')}</span><span>${(top / 2).toLocaleString('en')}</span><span>0</span></div>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${about.title}</title><desc id="${id}-desc">${about.summary}</desc>${rules}<polygon class="area" points="0,${HEIGHT} ${path} ${WIDTH},${HEIGHT}"/><polyline class="line" points="${path}" vector-effect="non-scaling-stroke"/></svg>
<div class="x" aria-hidden="true">${ends.map((end) => html`<span>${end?.name ?? ''}</span>`)}</div></div>
${table(about.title, about.columns, points)}`;
}

function table(title: string, [name, count]: readonly [string, string], points: readonly Point[]): Markup {
  return html`<details class="small"><summary>The numbers as a table</summary><table class="plain"><caption class="sr">${title}</caption><thead><tr><th scope="col">${name}</th><th scope="col">${count}</th></tr></thead><tbody>${points.map((point) => html`<tr><th scope="row">${point.name}</th><td>${point.count}</td></tr>`)}</tbody></table></details>`;
}

/** Two counts for each name, side by side: the table itself is the chart. */
export function barTable(
  title: string,
  name: string,
  bars: readonly Bar[],
  parts: readonly [string, string],
): Markup {
  const most = Math.max(1, ...bars.map((bar) => bar.open + bar.closed));
  const rows = bars.map((bar) => {
    const open = share(bar.open, most);
    const closed = share(bar.closed, most);
    const label = bar.href === undefined ? html`${bar.name}` : html`<a href="${bar.href}">${bar.name}</a>`;
    return html`<tr><th scope="row">${label}</th><td><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-track" width="100" height="8"/><rect class="bar-open" width="${open}" height="8"/><rect class="bar-closed" x="${open}" width="${closed}" height="8"/></svg></td><td class="n">${bar.open.toLocaleString('en')}</td><td class="n soft">${bar.closed.toLocaleString('en')}</td></tr>`;
  });
  const mark = (kind: string): Markup =>
    html`<svg viewBox="0 0 8 8" aria-hidden="true"><rect class="${kind}" width="8" height="8"/></svg>`;
  return html`<p class="key"><span>${mark('bar-open')}${parts[0]}</span><span>${mark('bar-closed')}${parts[1]}</span></p>
<table class="bars"><caption class="sr">${title}</caption><thead><tr><th scope="col">${name}</th><td></td><th scope="col" class="n">${parts[0]}</th><th scope="col" class="n">${parts[1]}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** One count for each name. */
export function countTable(title: string, name: string, count: string, points: readonly Point[]): Markup {
  const most = Math.max(1, ...points.map((point) => point.count));
  const rows = points.map(
    (point) =>
      html`<tr><th scope="row">${point.name}</th><td><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-track" width="100" height="8"/><rect class="bar-one" width="${share(point.count, most)}" height="8"/></svg></td><td class="n">${point.count.toLocaleString('en')}</td></tr>`,
  );
  return html`<table class="bars"><caption class="sr">${title}</caption><thead><tr><th scope="col">${name}</th><td></td><th scope="col" class="n">${count}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function share(count: number, most: number): string {
  return ((count / most) * 100).toFixed(2);
}

/** The next of 2, 4, 10, 20, 40, 100…: its half is a whole number. */
function niceAbove(count: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [2, 4, 10]) if (step * power >= count) return step * power;
  }
}
