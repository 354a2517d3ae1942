// Microsoft Teams, by a workflow that posts what its webhook gets: a message with one Adaptive Card
// (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using, read 2026-11-21). Text is
// given as runs, which know no markup (https://adaptivecards.io/explorer/TextRun.html): what a repository says stays one line of data.

import { type Notice, oneLine } from './notice.ts';

// Teams takes 28 KB a message; a UTF-16 unit is at most three bytes of it.
const LINE = 300;
const STEP = 500;
const MOST = 8;

export function teamsMessage({ subject, headline, facts, steps, link }: Notice) {
  const known = facts.filter(({ label }) => label !== 'Page').slice(0, MOST);
  const body: unknown[] = [
    block([run(subject, { weight: 'Bolder', size: 'Medium' })]),
    block([run(headline)]),
    ...known.map(({ label, value }) =>
      block([run(`${label}:`, { weight: 'Bolder' }), { type: 'TextRun', text: ` ${oneLine(value, LINE)}` }]),
    ),
    block([run('What to do next', { weight: 'Bolder' })]),
    ...steps.slice(0, MOST).map((step, index) => block([run(`${index + 1}. ${step}`, {}, STEP)])),
  ];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
    ...(link === null ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Open the place', url: link }] }),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function block(inlines: readonly unknown[]) {
  return { type: 'RichTextBlock', inlines };
}

function run(text: string, look: object = {}, most = LINE) {
  return { type: 'TextRun', text: oneLine(text, most), ...look };
}
