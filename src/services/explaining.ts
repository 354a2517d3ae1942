// An issuer's own table of answers, read to somebody whose key was refused. Only for answers of a form that no other issuer has: a wrong
// reason costs more time than none.

import type { Cause, Explanation, Service } from './service.ts';
import { type Meaning, meaningOf } from './simple.ts';

type Said = Pick<Explanation, 'cause' | 'meaning' | 'steps'>;

function saidOf({ is, says }: Meaning, name: string, manage: string): Said | undefined {
  const fresh = `Create a new key at ${manage}, roll it out, then delete the old one; keep it in an environment variable or a secrets manager.`;
  const leaked =
    'If the old one stood in a repository or a log, remove it there and look at what it was used for.';
  const say = (cause: Cause, meaning: string, ...steps: readonly string[]): Said => ({
    cause,
    meaning,
    steps,
  });
  switch (is) {
    case 'live':
      return undefined;
    case 'limited':
      return say(
        'forbidden',
        `The key works, but may not do this: ${name} says "${says}".`,
        `Give it the right that it lacks at ${manage}; a new key with the same rights will not help.`,
      );
    case 'throttled':
      return say(
        'throttled',
        `${name} limits how often you ask; this says nothing of the key.`,
        'Wait, then ask more slowly.',
      );
    case 'expired':
      return say('expired', `${name} says that the key has expired.`, fresh);
    case 'disabled':
      return say(
        'disabled',
        `${name} says that the key, or its account, is switched off (${says}).`,
        'Ask the owner of the account why.',
        fresh,
      );
    case 'revoked':
      return say('revoked', `${name} says that the key was revoked.`, fresh, leaked);
    case 'rejected':
      return say(
        'rejected',
        `${name} does not accept the key, and does not say why (${says}).`,
        `Look it up at ${manage}: does it exist, and is it the whole of it that you send?`,
        fresh,
        leaked,
      );
  }
}

/** @param about `manage`: the page where a person looks after the keys */
export function explaining(about: {
  readonly name: string;
  readonly docs: string;
  readonly manage: string;
  readonly means: readonly Meaning[];
}): NonNullable<Service['explain']> {
  // A status alone is nobody's own.
  const own = about.means.filter(({ where, text }) => where !== undefined || text !== undefined);
  return (response) => {
    const meaning = meaningOf(own, response);
    const said = meaning && saidOf(meaning, about.name, about.manage);
    return said && { ...said, docs: about.docs };
  };
}
