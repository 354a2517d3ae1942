import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/model/index.ts';
import { NOTICE_KINDS } from '../../src/notify/index.ts';
import { noticeOf, noticeSchema, textOf } from '../../src/notify/notice.ts';
import { escapeMrkdwn, slackMessage } from '../../src/notify/slack.ts';
import { mailOf } from '../../src/notify/smtp.ts';
import { teamsMessage } from '../../src/notify/teams.ts';
import { loadTemplates } from '../../src/notify/templates.ts';
import { incident, START } from './parts.ts';

const at = new Date(START);
const render = loadTemplates({ language: 'en' }, () => undefined);
const live = { state: 'live', checkedAt: '2026-11-20T11:59:50.000Z', why: 'GET /user: 200' } as const;

// Text as a stranger can put it into a path, an author's name or a commit.
const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    'a\r\nBcc: everybody@example.com',
    '<!channel> <@U1> <https://evil.example|innocent>',
    '@channel & <b>',
    '*bold* _it_ ~no~ `code`',
    '\u202egnp.exe',
    'x'.repeat(9000),
    '\ud800 lone',
    '\u2028\u2029\u0085',
  ),
);
const hostileIncident = fc
  .record({ path: hostile, author: hostile, title: hostile, why: hostile })
  .map((text) =>
    incident({
      title: text.title,
      place: {
        ...incident().place,
        path: text.path,
        author: text.author,
        url: `https://git.example/${encodeURIComponent(text.path.toWellFormed())}|x`,
      },
      decision: { act: 'burn', because: text.why },
    }),
  );
const kinds = fc.constantFrom(...NOTICE_KINDS);

describe('a notice', () => {
  test('says what, where, since when, who could read it, what was done and what to do', () => {
    expect(textOf(noticeOf(incident(), 'burned', at))).toMatchInlineSnapshot(`
      "Acme API key acm_…a1B2 was found in a public place. It is dead now, so nobody can use it any more.

      Key:      Acme API key, acm_…a1B2, live
      Issuer:   acme
      Found:    shop: src/config.py, line 12, commit 0123456789ab
      Page:     https://git.example/acme/shop/blob/0123456/src/config.py#L12
      In since: 2026-11-19T08:00:00+01:00, by Ada
      Exposure: public: anybody could have read it
      Seen:     first 2026-11-20T11:59:00.000Z, last 2026-11-20T11:59:00.000Z
      State:    dead (revoked) since 2026-11-20T11:59:58.000Z at the latest: GET /whoami: 401 revoked_key
      Done:     revoked and proved dead at 2026-11-20T11:59:57.000Z: POST /keys/{id}/revoke: 200
      Because:  public and live (policy: default)

      What to do next
      1. Make a new key and put it where the old one was used; what still uses the old one gets a 401 from now on.
      2. Keep the new key in an environment variable or a secret manager, never in source code.
      3. Take the old key out of the place where it was found. Once it is dead, rewriting history is tidying up, not an emergency.
      4. Look through its usage since the day it got there for calls that were not yours.
      5. The whole story: keyburn incidents show aaaaaaaaaaaa"
    `);
  });

  const receipts: readonly [string, Receipt | null, string][] = [
    [
      'contained',
      { outcome: 'contained', at: 'T1', proof: { ...live, state: 'disabled' }, note: 'n' },
      'switched off and proved so at T1',
    ],
    [
      'already dead',
      { outcome: 'already-dead', at: 'T1', proof: { ...live, state: 'rejected' }, note: 'n' },
      'found dead at T1',
    ],
    ['accepted', { outcome: 'accepted', at: 'T1', proof: live, note: 'n' }, 'does not say dead so far'],
    ['failed', { outcome: 'failed', at: 'T1', note: 'n' }, 'without success'],
    ['manual', { outcome: 'manual', at: 'T1', note: 'n', steps: ['Open the dashboard'] }, 'nothing: n'],
    ['planned', { outcome: 'planned', at: 'T1', note: 'n' }, 'this was a dry run'],
    ['held', { outcome: 'held', at: 'T1', note: 'n' }, 'held back at T1'],
    ['nothing yet', null, 'nothing so far'],
  ];
  test.each(receipts)('%s', (_, receipt, says) => {
    for (const kind of NOTICE_KINDS) {
      expect(textOf(noticeOf(incident({ receipt, verdict: live }), kind, at))).toContain(says);
    }
  });

  test('a person gets the steps of the issuer first', () => {
    const receipt = {
      outcome: 'manual',
      at: 'T1',
      note: 'no route',
      steps: ['Open Settings, Keys', 'Delete it'],
    } as const;
    const { steps } = noticeOf(incident({ receipt }), 'needs-a-person', at);
    expect(steps.slice(0, 2)).toEqual(['Open Settings, Keys', 'Delete it']);
  });

  test('dead is said only where the receipt proves it', () => {
    const failed = incident({ receipt: { outcome: 'failed', at: 'T1', note: 'n' }, verdict: live });
    for (const kind of ['found-live', 'needs-a-person', 'still-alive'] as const) {
      expect(textOf(noticeOf(failed, kind, at))).not.toMatch(/dead now|dead \(/);
    }
  });

  test('tells nothing of the machine that scanned', () => {
    const text = JSON.stringify(noticeOf(incident(), 'burned', at));
    expect(text).not.toContain('/home/ada');
    expect(text).not.toContain('ada@example.com');
    expect(text).toContain('shop: src/config.py');
  });

  test('survives the outbox as it is, whatever its text holds', () => {
    fc.assert(
      fc.property(hostileIncident, kinds, (one, kind) => {
        const notice = noticeOf(one, kind, at);
        expect(noticeSchema.parse(JSON.parse(JSON.stringify(notice)))).toEqual(
          JSON.parse(JSON.stringify(notice)),
        );
      }),
    );
  });

  test("a stranger's text makes no new line, in the text or the subject", () => {
    const lines = textOf(noticeOf(incident(), 'burned', at)).split('\n').length;
    fc.assert(
      fc.property(hostileIncident, (one) => {
        const notice = noticeOf(one, 'burned', at);
        // One line less where the address is too long to be told.
        const page = notice.link === null ? 1 : 0;
        expect(textOf(notice).split(/[\r\n\u0085\u2028\u2029]/).length).toBe(lines - page);
        const mail = mailOf(
          { id: 'msg_1', incident: one.id, notice },
          { from: 'a@example.com', to: ['b@example.com'], 'to-owner': false },
          render,
        );
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
        expect(mail.subject.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  test('nothing of a stranger is markup in Slack, and no limit is passed', () => {
    fc.assert(
      fc.property(hostileIncident, kinds, (one, kind) => {
        const message = slackMessage(noticeOf(one, kind, at));
        expect(message.text).not.toMatch(/[<>]/);
        expect(message.text).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(message.blocks.length).toBeLessThanOrEqual(50);
        for (const block of message.blocks as { type: string; text: { type: string; text: string } }[]) {
          expect(block.text.text.length).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3000);
          expect(block.text.text.length).toBeGreaterThan(0);
          expect(block.text.text).not.toMatch(/@(channel|here|everyone|all\b)/i);
        }
        const markup = (message.blocks as { text: { type: string; text: string } }[]).filter(
          ({ text }) => text.type === 'mrkdwn',
        );
        for (const { text } of markup) expect(text.text).toMatch(/^<https?:[^<>|\s]+\|Open the place>$/);
      }),
    );
  });

  test('nothing of a stranger is markup in Teams, and its limit is kept', () => {
    fc.assert(
      fc.property(hostileIncident, kinds, (one, kind) => {
        const message = teamsMessage(noticeOf(one, kind, at));
        expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(28 * 1024);
        const [card] = message.attachments;
        for (const block of (card?.content.body ?? []) as { type: string; inlines: { type: string }[] }[]) {
          expect(block.type).toBe('RichTextBlock');
          for (const { type } of block.inlines) expect(type).toBe('TextRun');
        }
      }),
    );
  });

  test('mrkdwn is escaped as Slack wants it', () => {
    expect(escapeMrkdwn('a & <b>')).toBe('a &amp; &lt;b&gt;');
  });

  test('a place that is no web address is no link', () => {
    const place = { ...incident().place, url: 'javascript:alert(1)' };
    expect(noticeOf(incident({ place }), 'burned', at).link).toBeNull();
  });
});
