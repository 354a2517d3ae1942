// How one key is shown: its state as a word, the stations of its story, and where it stands.

import {
  type Entry,
  isDead,
  isUsable,
  type Place,
  type Receipt,
  spotOf,
  unknownInWords,
  type Verdict,
} from '../../model/index.ts';
import { html, type Markup, webLink } from './html-markup.ts';

export type Tone = 'live' | 'dead' | 'doubt' | 'calm';

/** The one word that a person needs first. */
export function stateWord(about: Pick<Entry, 'verdict' | 'receipt'>): {
  readonly word: string;
  readonly tone: Tone;
} {
  const { receipt, verdict } = about;
  if (receipt !== null && 'proof' in receipt && isDead(receipt.proof)) {
    const word = receipt.outcome === 'already-dead' ? 'dead' : receipt.outcome;
    return { word, tone: 'dead' };
  }
  if (isUsable(verdict)) return { word: verdict.state, tone: 'live' };
  return { word: verdict.state, tone: isDead(verdict) ? 'dead' : 'doubt' };
}

export function badge({ word, tone }: { readonly word: string; readonly tone: Tone }): Markup {
  return html`<span class="badge ${tone}">${word}</span>`;
}

/** `done` and `bad` are past, `now` is what waits, `todo` may come, `none` will not. */
export interface Station {
  readonly name: string;
  readonly state: 'done' | 'bad' | 'now' | 'todo' | 'none';
  readonly at?: string | undefined;
  readonly note?: string | undefined;
}

const STATE_WORDS: Readonly<Record<Station['state'], string>> = {
  done: 'done',
  bad: 'failed',
  now: 'waiting',
  todo: 'not yet',
  none: 'not needed',
};

export function stations(list: readonly Station[]): Markup {
  const items = list.map(
    ({ name, state, at, note }) =>
      html`<li class="${state}"><b>${name}<span class="sr">: ${STATE_WORDS[state]}</span></b>${at !== undefined && html`<span>${time(at, 'short')}</span>`}${note !== undefined && html`<span>${note}</span>`}</li>`,
  );
  return html`<ol class="stations">${items}</ol>`;
}

export interface Happened {
  readonly found: string | undefined;
  readonly verdict: Verdict;
  readonly receipt: Receipt | null;
  /** When a containment was taken, where that is known apart from the receipt. */
  readonly containedAt?: string | undefined;
  /** What came of the notices; left out where nobody keeps them. */
  readonly told?: { readonly at: string | undefined; readonly note: string | undefined };
}

/** found, checked, contained, burned, proved, told. */
export function storyOf(happened: Happened): readonly Station[] {
  const { verdict, receipt } = happened;
  const proof = receipt !== null && 'proof' in receipt ? receipt.proof : undefined;
  const over = (proof !== undefined && isDead(proof)) || (receipt === null && isDead(verdict));
  const act = actsOf(receipt, happened.containedAt, over);
  return [
    { name: 'Found', state: 'done', at: happened.found },
    verdict.state === 'unknown'
      ? {
          name: 'Checked',
          state: 'bad',
          at: verdict.checkedAt,
          note: `unknown: ${unknownInWords(verdict.why)}`,
        }
      : {
          name: 'Checked',
          state: 'done',
          at: verdict.checkedAt,
          note: proof === undefined ? verdict.state : undefined,
        },
    ...act,
    proof !== undefined && isDead(proof)
      ? { name: 'Proved', state: 'done', at: proof.checkedAt, note: proof.state }
      : { name: 'Proved', state: over ? 'none' : receipt?.outcome === 'accepted' ? 'now' : 'todo' },
    ...(happened.told === undefined
      ? []
      : [
          {
            name: 'Told',
            state: happened.told.at === undefined ? ('todo' as const) : ('done' as const),
            ...happened.told,
          },
        ]),
  ];
}

function actsOf(receipt: Receipt | null, containedAt: string | undefined, over: boolean): readonly Station[] {
  const contained = (state: Station['state'], at?: string): Station => ({ name: 'Contained', state, at });
  const burned = (state: Station['state'], at?: string, note?: string): Station => ({
    name: 'Burned',
    state,
    at,
    note,
  });
  switch (receipt?.outcome) {
    case 'revoked':
      return [
        containedAt === undefined ? contained('none') : contained('done', containedAt),
        burned('done', receipt.at),
      ];
    case 'contained':
      return [contained('done', receipt.at), burned('todo', undefined, 'can still be undone')];
    case 'already-dead':
      return [contained('none'), burned('none', receipt.at, 'it was dead already')];
    case 'accepted':
      return [contained('none'), burned('now', receipt.at, 'accepted, not dead so far')];
    case 'failed':
      return [contained('none'), burned('bad', receipt.at, 'tried without success')];
    case 'manual':
      return [contained('none'), burned('now', undefined, 'needs a person')];
    case 'planned':
    case 'held':
      return [
        contained('todo'),
        burned('now', undefined, receipt.outcome === 'held' ? 'held back' : 'planned'),
      ];
    case undefined:
      return over ? [contained('none'), burned('none')] : [contained('todo'), burned('todo')];
  }
}

/** `21 Nov 2026, 03:14 UTC`, or `21 Nov, 03:14`; as it stands where it is no time. */
export function time(at: string, form: 'whole' | 'short' = 'whole'): Markup {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return html`${at}`;
  const iso = date.toISOString();
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  const clock = iso.slice(11, 16);
  return form === 'short'
    ? html`<time datetime="${iso}">${day}, ${clock}</time>`
    : html`<time datetime="${iso}">${day} ${date.getUTCFullYear()}, ${clock} UTC</time>`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Path and line, with a link where the web has it, the commit and who brought it. */
export function placeLine(place: Place): Markup {
  const spot = html`<code>${spotOf(place)}${place.line > 0 && `:${place.column}`}</code>`;
  const url = webLink(place.url);
  const shown = url === undefined ? spot : html`<a href="${url}" rel="noreferrer">${spot}</a>`;
  if (place.commit === undefined) return shown;
  const who = [place.commit.slice(0, 12), place.author, place.date?.slice(0, 10)].filter(
    (part) => part !== undefined,
  );
  return html`${shown} <span class="soft">${who.join(', ')}</span>`;
}

/** All of them; many are folded away, and the ones behind `most` are only counted. */
export function placeList(places: readonly Place[], most = 500): Markup {
  const list = html`<ul>${places.slice(0, most).map((place) => html`<li>${placeLine(place)}</li>`)}</ul>${
    places.length > most &&
    html`<p class="soft">and ${places.length - most} more: keyburn incidents show lists them all</p>`
  }`;
  return places.length < 6
    ? list
    : html`<details><summary>${places.length} places</summary>${list}</details>`;
}
