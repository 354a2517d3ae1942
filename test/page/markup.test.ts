// The law of the page's HTML: a stranger's word never changes its structure.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Verdict } from '../../src/model/index.ts';
import { listPage } from '../../src/page/list.ts';
import { parseAddress } from '../../src/page/query.ts';
import { storyPage } from '../../src/page/story.ts';
import { at, entry, place } from '../record/sample.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title></textarea><svg/onload=alert(1)>',
    '&lt;b&gt;',
    '<!--',
    ']]>',
    `\`$${'{1}'}\``,
    'javascript:alert(1)',
    '\u202e\u0000\ud800',
  ),
);

/** Tags with the names of their attributes, in order: all that a browser builds from it. */
function structure(text: string): readonly string[] {
  return [...text.matchAll(/<(\/?[a-z][^\s>]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name = '', attributes = '']) =>
      [name, ...[...attributes.matchAll(/\s([^\s=]+)(?:="[^"]*")?/g)].map((match) => match[1])].join(' '),
  );
}

interface Words {
  readonly title: string;
  readonly path: string;
  readonly author: string;
  readonly note: string;
  readonly repository: string;
  readonly owner: string;
}

function pages(words: Words): string {
  const verdict: Verdict = { state: 'live', checkedAt: at(0), why: words.note };
  const incident = {
    ...entry({
      title: words.title,
      rule: words.title,
      service: words.owner,
      preview: words.title,
      verdict,
      decision: { act: 'ask', because: words.note },
      place: place({
        path: words.path,
        author: words.author,
        email: words.author,
        commit: words.note,
        date: words.note,
        url: words.path,
        repository: words.repository,
      }),
      otherPlaces: [place({ path: words.path, object: words.note })],
      receipt: { outcome: 'manual', at: words.note, note: words.note, steps: [words.note] },
    }),
    state: 'open' as const,
    firstSeen: at(0),
    lastSeen: words.note,
  };
  const card = {
    repository: words.repository,
    snoozedUntil: at(9),
    leakedAt: null,
    owner: words.owner,
    usedAt: words.note,
  };
  const count = { count: 1, more: false };
  const session = { who: words.author, csrf: 'token' };
  const list = listPage({
    address: parseAddress({ text: 'x', repository: 'r', tab: 'all' }),
    page: { cards: [{ incident, places: 2, ...card }], next: undefined, previous: undefined, matches: count },
    counts: { open: count, snoozed: count, closed: count },
    services: [words.owner],
    said: { tone: 'calm', text: words.note },
    at: at(1),
  });
  const story = storyPage({
    story: {
      kind: 'one',
      incident,
      approval: { by: words.author, reason: words.note, at: words.note },
      steps: [{ at: at(1), who: words.author, what: 'asked', note: words.note }],
    } as Parameters<typeof storyPage>[0]['story'],
    card,
    told: [{ channel: words.owner, kind: words.note, at: at(2), sentAt: null, error: words.note }],
    issuer: { name: words.owner, docs: words.path },
    choices: [
      { verb: 'approve', possible: true },
      { verb: 'burn', possible: false, why: words.note },
    ],
    underWay: undefined,
    session,
    said: { tone: 'doubt', text: words.note },
    at: at(1),
  });
  return `${list.toString()}${story.toString()}`;
}

test('what strangers wrote changes no tag and no attribute', () => {
  const tame = structure(
    pages({ title: 'a', path: 'a', author: 'a', note: 'a', repository: 'a', owner: 'a' }),
  );
  expect(tame.length).toBeGreaterThan(100);
  const words = {
    title: hostile,
    path: hostile,
    author: hostile,
    note: hostile,
    repository: hostile,
    owner: hostile,
  };
  fc.assert(
    fc.property(fc.record(words), (wild) => {
      // A real web address may become a link, and a real time a time; nothing here is either.
      fc.pre(
        ![wild.path, wild.note].some((text) => /^https?:/i.test(text) || !Number.isNaN(Date.parse(text))),
      );
      const text = pages(wild);
      expect(structure(text)).toEqual(tame);
      expect(text).not.toMatch(/[\p{Cf}\p{Cs}]|[^\P{Cc}\n]/u);
    }),
  );
});
