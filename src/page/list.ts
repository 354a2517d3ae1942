import { spotOf } from '../model/index.ts';
import { type BoardPage, type Card, type Count, parts, type Tab } from '../record/index.ts';
import { BASE, flash } from './frame.ts';
import { type Address, addressOf, EXPOSURES, SEVERITIES, VERDICTS } from './query.ts';
import type { Flash } from './sessions.ts';

const { html, badge, stateWord, time } = parts;
type Markup = parts.Markup;

export interface ListView {
  readonly address: Address;
  readonly page: BoardPage;
  readonly counts: Readonly<Record<Exclude<Tab, 'all'>, Count>>;
  readonly services: readonly string[];
  readonly said: Flash | undefined;
  readonly at: string;
}

export function listPage(view: ListView): Markup {
  const { address, page } = view;
  return html`<div class="title-row"><h1>Incidents</h1>${tabs(view)}</div>
${flash(view.said)}
${filters(view)}
${chips(address)}
<p class="soft small" aria-live="polite">${matches(page.matches)}${address.sort === 'urgent' ? ', most urgent first' : address.sort === 'recent' ? ', last seen first' : ', newest first'}</p>
${page.cards.length === 0 ? empty(view) : table(page.cards, view.at)}
${pager(address, page)}`;
}

export function counted({ count, more }: Count): string {
  return `${count.toLocaleString('en')}${more ? '+' : ''}`;
}

function matches(count: Count): string {
  return count.count === 1 && !count.more ? '1 incident' : `${counted(count)} incidents`;
}

function tabs({ address, counts }: ListView): Markup {
  const tab = (name: Tab, text: string, count?: Count): Markup => {
    const inner = html`${text}${count !== undefined && html` <span class="n">${counted(count)}</span>`}`;
    const href = addressOf(address, { tab: name });
    return address.tab === name
      ? html`<a href="${href}" aria-current="true">${inner}</a>`
      : html`<a href="${href}">${inner}</a>`;
  };
  return html`<nav class="tabs" aria-label="State">${tab('open', 'Open', counts.open)}${tab('snoozed', 'Snoozed', counts.snoozed)}${tab('closed', 'Closed', counts.closed)}${tab('all', 'All')}</nav>`;
}

function filters({ address, services }: ListView): Markup {
  const select = (name: keyof Address, label: string, values: readonly string[], any = 'any'): Markup =>
    html`<label><span>${label}</span><select name="${name}">${any !== '' && html`<option value="">${any}</option>`}${values.map(
      (value) =>
        address[name] === value ? html`<option selected>${value}</option>` : html`<option>${value}</option>`,
    )}</select></label>`;
  const sorts = [
    ['urgent', 'most urgent'],
    ['recent', 'last seen'],
    ['newest', 'newest'],
  ] as const;
  return html`<form class="filters" method="get" action="${BASE}" role="search" aria-label="Incidents">
${address.tab !== 'open' && html`<input type="hidden" name="tab" value="${address.tab}">`}${address.repository !== undefined && html`<input type="hidden" name="repository" value="${address.repository}">`}${address.severity !== undefined && html`<input type="hidden" name="severity" value="${address.severity}">`}
<label class="search"><span>Search <kbd>Ctrl K</kbd></span><input id="filter-text" type="search" name="text" value="${address.text ?? ''}" maxlength="300" placeholder="key, path, repository, author, id" autocomplete="off" spellcheck="false"></label>
${select('service', 'Issuer', services)}${select('exposure', 'Exposure', EXPOSURES)}${select('verdict', 'Verdict', VERDICTS)}
<label><span>Sort</span><select name="sort">${sorts.map(([value, text]) => (address.sort === value ? html`<option value="${value}" selected>${text}</option>` : html`<option value="${value}">${text}</option>`))}</select></label>
<button>Apply</button></form>`;
}

/** Filters that have no field of their own. */
function chips(address: Address): Markup | undefined {
  const items: Markup[] = [];
  if (address.repository !== undefined)
    items.push(
      html`<span class="chip">in ${address.repository} <a href="${addressOf(address, { repository: undefined })}" aria-label="Do not filter by repository">clear</a></span>`,
    );
  if (address.severity !== undefined && SEVERITIES.includes(address.severity))
    items.push(
      html`<span class="chip">${address.severity} <a href="${addressOf(address, { severity: undefined })}" aria-label="Do not filter by severity">clear</a></span>`,
    );
  return items.length === 0 ? undefined : html`<p class="chips">${items}</p>`;
}

function empty({ address, counts }: ListView): Markup {
  const filtered = [
    address.text,
    address.service,
    address.exposure,
    address.verdict,
    address.repository,
  ].some((value) => value !== undefined);
  const text = filtered
    ? html`Nothing fits these filters. <a href="${addressOf({ tab: address.tab, sort: address.sort } as Address, {})}">Show all</a>`
    : Object.values(counts).every(({ count }) => count === 0)
      ? html`Nothing here so far. What <code>keyburn scan</code> finds shows up here, and what leak reports end.`
      : address.tab === 'open'
        ? html`All quiet: nothing waits for you.`
        : html`Nothing here.`;
  return html`<div class="card empty"><p>${text}</p></div>`;
}

function table(cards: readonly Card[], at: string): Markup {
  return html`<table class="list"><caption class="sr">Incidents; the arrow keys move between them</caption><thead><tr><th scope="col">Key</th><th scope="col">State</th><th scope="col">Where</th><th scope="col">Exposure</th><th scope="col" class="hide">Last seen</th></tr></thead><tbody>${cards.map((card) => row(card, at))}</tbody></table>`;
}

function row({ incident, places, repository, snoozedUntil }: Card, at: string): Markup {
  const { id, title, preview, place } = incident;
  const asleep = snoozedUntil !== null && snoozedUntil > at;
  const more = places < 2 ? '' : ` and ${(places - 1).toLocaleString('en')} more places`;
  return html`<tr><td><a class="name" href="${BASE}/${id}">${title}</a><br><code class="soft">${preview}</code></td>
<td>${badge(stateWord(incident))}${asleep && html`<br><span class="soft small">snoozed until ${snoozedUntil.slice(0, 10)}</span>`}${incident.state === 'intended' && html`<br><span class="soft small">burn begun</span>`}</td>
<td class="where"><code>${spotOf(place)}</code><br><span class="soft small">${shortName(repository)}${more}</span></td>
<td>${incident.exposure}<br><span class="soft small">${incident.service ?? 'issuer not known'}</span></td><td class="hide soft small">${time(incident.lastSeen)}</td></tr>`;
}

/** `acme/shop` of `github.com/acme/shop`, the last two folders of a path. */
export function shortName(repository: string): string {
  return repository.split('/').filter(Boolean).slice(-2).join('/');
}

function pager(address: Address, { previous, next }: BoardPage): Markup | undefined {
  if (previous === undefined && next === undefined) return undefined;
  return html`<nav class="pager" aria-label="Pages of the list"><span>${previous !== undefined && html`<a class="button" rel="prev" href="${addressOf(address, { before: previous })}">Previous</a>`}</span><span>${next !== undefined && html`<a class="button" rel="next" href="${addressOf(address, { after: next })}">Next</a>`}</span></nav>`;
}
