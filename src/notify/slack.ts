// Slack's incoming webhooks (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks), a shape that Mattermost
// and others take too. Text from a repository goes into plain_text objects, which know no markup; where Slack knows nothing but
// mrkdwn, it is escaped as https://docs.slack.dev/messaging/formatting-message-text says.

import { type Notice, oneLine } from './notice.ts';

// Slack's limits: 150 characters in a header, 3,000 in a section.
const HEADER = 150;
const SECTION = 2900;

export function slackMessage(notice: Notice) {
  const facts = notice.facts
    .filter(({ label }) => label !== 'Page')
    .map(({ label, value }) => `${label}: ${value}`);
  const steps = notice.steps.map((step, index) => `${index + 1}. ${step}`);
  const blocks: unknown[] = [
    { type: 'header', text: plain(oneLine(quiet(notice.subject), HEADER)) },
    ...sections([notice.headline]),
    ...sections(facts),
  ];
  if (notice.link !== null) {
    const link = `<${entities(notice.link).replace(/\|/g, '%7C')}|Open the place>`;
    blocks.push({ type: 'section', text: { type: 'mrkdwn', text: link, verbatim: true } });
  }
  blocks.push(...sections(['What to do next', ...steps]));
  return {
    text: escapeMrkdwn(quiet(`${notice.subject}. ${notice.headline}`)),
    blocks,
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function plain(text: string) {
  return { type: 'plain_text', text, emoji: false };
}

/** Lines as blocks of at most SECTION characters. */
function sections(lines: readonly string[]) {
  const texts: string[] = [];
  for (const line of lines.map((text) => oneLine(quiet(text), SECTION))) {
    const last = texts.at(-1);
    if (last === undefined || last.length + 1 + line.length > SECTION) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts.map((text) => ({ type: 'section', text: plain(text) }));
}

/** A file called `@channel` wakes nobody up: a word joiner stands between. */
function quiet(text: string): string {
  return text.replace(/@(?=channel|here|everyone|all\b)/gi, '@\u2060');
}

/** `&`, `<` and `>` are all that can begin a link, a mention or a command in mrkdwn; the other marks only change how it looks. */
export function escapeMrkdwn(text: string): string {
  return entities(text).replace(/[*_~`]/g, (mark) => `\u2060${mark}\u2060`);
}

function entities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
