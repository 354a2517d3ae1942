import { answerBytes } from './git.ts';
import { messageOf } from './object-looker.ts';
import { ObjectParser } from './objects.ts';
import type { Repository } from './repository.ts';

/** Who wrote a commit or a tag; from its own headers, so that it needs no ref to be found. */
export interface Message {
  /** A tag's name. */
  readonly name?: string;
  /** A commit's own object id; a tag may have come to the remote without its commit, and the other way round. */
  readonly commit?: string;
  readonly author?: string;
  readonly email?: string;
  readonly date?: string;
}

export async function messages(
  repository: Repository,
  oids: ReadonlySet<string>,
): Promise<Map<string, Message>> {
  const found = new Map<string, Message>();
  if (oids.size === 0) return found;
  const parser = new ObjectParser({
    begin: () => undefined,
    whole: ({ oid, type }, content) => {
      if (type === 'commit' || type === 'tag') found.set(oid, parse(oid, type, content));
    },
    missing: () => {},
  });
  parser.push(await answerBytes(repository, ['cat-file', '--batch'], oids));
  return found;
}

function parse(oid: string, type: 'commit' | 'tag', content: Uint8Array): Message {
  const headers = Buffer.from(content).toString('utf8', 0, content.length - messageOf(content).length);
  const who = /^(?:author|tagger) (.*?) ?<([^>\n]*)> (\d+) ([+-]\d{4})$/m.exec(headers);
  const name = type === 'tag' ? /^tag (.*)$/m.exec(headers)?.[1] : undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(type === 'commit' ? { commit: oid } : {}),
    ...(who ? { author: who[1] ?? '', email: who[2] ?? '', date: dateOf(who[3] ?? '', who[4] ?? '') } : {}),
  };
}

/** Git's seconds and zone as RFC 3339 in that zone. */
function dateOf(seconds: string, zone: string): string {
  const minutes =
    (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)));
  const local = new Date((Number(seconds) + minutes * 60) * 1000);
  if (Number.isNaN(local.getTime())) return new Date(0).toISOString();
  return `${local.toISOString().slice(0, 19)}${zone.slice(0, 3)}:${zone.slice(3)}`;
}
