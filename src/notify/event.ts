import type { Letter } from './channel.ts';
import { textOf } from './notice.ts';

/** The JSON of webhooks and of lines in files: the same over retries, to the byte. */
export function eventOf({ id, notice }: Letter) {
  const { kind, timestamp, subject, data } = notice;
  return {
    id,
    type: kind === 'digest' ? kind : `incident.${kind}`,
    timestamp,
    subject,
    text: textOf(notice),
    data,
  };
}
