import { type Incident, whyInWords } from '../model/index.ts';
import { type CardFacts, type IncidentStory, parts, type Step, type Told } from '../record/index.ts';
import { type Choice, type UnderWay, VERBS } from './desk.ts';
import { BASE, flash } from './frame.ts';
import { addressOf, parseAddress } from './query.ts';
import type { Flash, Session } from './sessions.ts';
import { EFFECTS, TITLES } from './words.ts';

const { html, badge, stateWord, stations, storyOf, time, placeList, webLink } = parts;
type Markup = parts.Markup;

export interface StoryView {
  readonly story: IncidentStory;
  readonly card: CardFacts;
  readonly told: readonly Told[];
  readonly issuer: { readonly name: string; readonly docs: string } | undefined;
  readonly choices: readonly Choice[];
  readonly underWay: UnderWay | undefined;
  readonly session: Session;
  readonly said: Flash | undefined;
  readonly at: string;
}

export const SNOOZES = [
  ['1', 'a day'],
  ['7', 'a week'],
  ['30', 'a month'],
  ['90', 'three months'],
] as const;

export function storyPage(view: StoryView): Markup {
  const { incident, approval } = view.story;
  const manual = incident.receipt?.outcome === 'manual' ? incident.receipt.steps : [];
  return html`<nav class="crumbs small" aria-label="Where you are"><a href="${BASE}">Incidents</a></nav>
<div class="head"><h1>${incident.title}</h1><code>${incident.preview}</code>${badge(stateWord(incident))}${incident.state === 'closed' ? badge({ word: 'closed', tone: 'calm' }) : asleep(view) && badge({ word: `snoozed until ${view.card.snoozedUntil?.slice(0, 10) ?? ''}`, tone: 'calm' })}</div>
${flash(view.said)}
${underWay(view.underWay, incident)}
<section class="card stack" aria-labelledby="story"><h2 id="story">Its story</h2>${stations(storyOf(happened(view)))}</section>
<div class="split"><div class="stack">
<section class="card stack" aria-labelledby="about"><h2 id="about">About this key</h2>${facts(view)}</section>
<section class="card stack" aria-labelledby="where"><h2 id="where">Where it leaks</h2>${placeList([incident.place, ...incident.otherPlaces])}</section>
${manual.length > 0 && html`<section class="card stack" aria-labelledby="hand"><h2 id="hand">By hand</h2><ol class="steps">${manual.map((step) => html`<li>${step}</li>`)}</ol></section>`}
<section class="card stack" aria-labelledby="trail"><h2 id="trail">Audit trail</h2>${trail(view)}</section>
</div>
<section class="card stack" aria-labelledby="decide"><h2 id="decide">What should happen?</h2>${approval !== undefined && html`<p class="small">Approved by ${approval.by}, ${time(approval.at)}: ${approval.reason}</p>`}${form(view)}</section></div>`;
}

function asleep({ card, at }: StoryView): boolean {
  return card.snoozedUntil !== null && card.snoozedUntil > at;
}

function underWay(going: UnderWay | undefined, { id }: Incident): Markup | undefined {
  if (going === undefined) return undefined;
  return html`<p class="flash calm" role="status" data-under-way="${BASE}/${id}/under-way">${TITLES[going.verb]}: under way since ${time(going.since)}, asked by ${going.by}. <a href="${BASE}/${id}">Look again</a></p>`;
}

function happened({ story: { incident, steps }, told }: StoryView): Parameters<typeof storyOf>[0] {
  // What was undone is in the trail; the stations are about the time since.
  const since = steps.slice(steps.findLastIndex((step) => step.what === 'reopened') + 1);
  const contained = since.find((step) => step.what === 'intended' && step.note.startsWith('contain '));
  const sent = told.filter((one) => one.sentAt !== null).at(-1);
  const failing = told.find((one) => one.sentAt === null && one.error !== null);
  return {
    found: incident.firstSeen,
    verdict: incident.verdict,
    receipt: incident.receipt,
    containedAt: contained?.at,
    told: {
      at: sent?.sentAt ?? undefined,
      note: sent === undefined ? (failing === undefined ? undefined : 'not sent so far') : sent.channel,
    },
  };
}

function facts({ story: { incident }, card, issuer }: StoryView): Markup {
  const { verdict, receipt, place } = incident;
  const docs = webLink(issuer?.docs);
  const brought =
    place.author === undefined
      ? undefined
      : html`${place.author}${place.email !== undefined && html` <span class="soft">${place.email}</span>`}${place.date !== undefined && html`, ${time(place.date)}`}`;
  const repository =
    card.repository === ''
      ? undefined
      : html`<a href="${addressOf(parseAddress({ tab: 'all' }), { repository: card.repository })}">${card.repository}</a>`;
  const rows: readonly (readonly [string, Markup | string | undefined])[] = [
    [
      'Issuer',
      issuer === undefined
        ? (incident.service ?? 'not known')
        : docs === undefined
          ? issuer.name
          : html`<a href="${docs}" rel="noreferrer">${issuer.name}</a>`,
    ],
    ['Owner', card.owner ?? 'its issuer names none'],
    ['Last use', card.usedAt === null ? 'its issuer does not say' : time(card.usedAt)],
    ['Brought by', brought],
    ['Repository', repository],
    ['Exposure', incident.exposure],
    ['Environment', incident.environment],
    ['Severity', incident.severity],
    [
      'Verdict',
      html`${verdict.state}: ${whyInWords(verdict)}${verdict.checkedAt !== undefined && html`, ${time(verdict.checkedAt)}`}`,
    ],
    ['Decision', html`${incident.decision.act}: ${incident.decision.because}`],
    ['Result', receipt === null ? undefined : html`${receipt.outcome}: ${receipt.note}`],
    ['Seen', html`first ${time(incident.firstSeen)}, last ${time(incident.lastSeen)}`],
    ['Rule', html`<code>${incident.rule}</code>`],
    ['Id', html`<code>${incident.id}</code>`],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => value !== undefined && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

const STEP_WORDS: Readonly<Record<Step['what'], string>> = {
  opened: 'Opened',
  verdict: 'Verdict changed',
  exposure: 'Exposure changed',
  intended: 'About to act',
  settled: 'Result',
  closed: 'Closed',
  reopened: 'Opened again',
  approved: 'Approved',
  snoozed: 'Snoozed',
  woken: 'Woken up',
  asked: 'Asked for',
  restoring: 'About to restore',
  restored: 'Restored',
  'not-restored': 'Not restored',
  learned: 'Owner',
  'log-intended': 'About to delete a log',
  'log-deleted': 'Log deleted',
  'log-kept': 'Log still stands',
  purged: 'Details taken out',
};
const MOST_STEPS = 300;

function trail({ story: { steps }, told }: StoryView): Markup {
  const lines = [
    ...steps.map((step) => ({ at: step.at, title: STEP_WORDS[step.what], who: step.who, note: step.note })),
    ...told.map((one) => ({
      at: one.sentAt ?? one.at,
      title: one.sentAt === null ? 'Not told so far' : 'Told',
      who: 'keyburn',
      note: `${one.channel}: ${one.kind}${one.error === null ? '' : ` (${one.error})`}`,
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const left = lines.length - MOST_STEPS;
  return html`${left > 0 && html`<p class="soft small">${left} older ones are left out; keyburn incidents show has them all</p>`}<ol class="trail">${lines.slice(-MOST_STEPS).map((line) => html`<li><h3>${line.title}</h3><p>${line.note}</p><p class="soft small">${line.who}, ${time(line.at)}</p></li>`)}</ol>`;
}

function form({ story: { incident }, choices, underWay: going, session }: StoryView): Markup {
  if (going !== undefined) return html`<p class="soft">Wait for the end of what is under way.</p>`;
  const possible = VERBS.filter((verb) => choices.some((choice) => choice.verb === verb && choice.possible));
  const not = choices.flatMap((choice) => (choice.possible || choice.verb === 'wake' ? [] : [choice]));
  const refused = html`${not.length > 0 && html`<details class="small"><summary>What cannot be done here</summary><dl class="stack">${not.map((choice) => html`<div><dt><b>${TITLES[choice.verb]}</b></dt><dd class="soft">${choice.why}.</dd></div>`)}</dl></details>`}`;
  if (possible.length === 0) return html`<p class="soft">Nothing is left to decide.</p>${refused}`;
  return html`<form class="act stack" method="post" action="${BASE}/${incident.id}"><input type="hidden" name="csrf" value="${session.csrf}">
<fieldset><legend class="sr">What should happen?</legend>${possible.map(
    (verb) =>
      html`<label class="choice"><input type="radio" name="verb" value="${verb}" data-title="${TITLES[verb]}" required><b>${TITLES[verb]}</b><small>${EFFECTS[verb]}</small></label>`,
  )}</fieldset>
${possible.includes('snooze') && html`<label class="until"><span>Snooze for</span><select name="days">${SNOOZES.map(([days, text]) => html`<option value="${days}">${text}</option>`)}</select></label>`}
<label><span>Reason, kept in the audit trail with your name</span><textarea name="reason" required minlength="3" maxlength="500"></textarea></label>
<button class="main">Do it</button></form>${refused}`;
}
