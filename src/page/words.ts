// What the page says: each button's title, what it does and when, and what came of it.

import { type Incident, isDead, whyInWords } from '../model/index.ts';
import type { Ruled } from '../record/index.ts';
import type { Verb } from './desk.ts';
import type { Flash } from './sessions.ts';

export const TITLES: Readonly<Record<Verb, string>> = {
  approve: 'Approve the burn',
  contain: 'Contain now',
  burn: 'Burn now',
  restore: 'Restore',
  look: 'Ask again',
  snooze: 'Snooze',
  wake: 'Wake up',
  close: 'Close',
};

/** What happens, and when. */
export const EFFECTS: Readonly<Record<Verb, string>> = {
  approve: 'Nothing happens to the key now. The next armed run that meets it burns it.',
  contain:
    'At once: the key is read again from where it was found and switched off with its issuer, then proved dead. It can be undone.',
  burn: 'At once, and for good: the key is read again from where it was found, revoked with its issuer, then proved dead. Nobody can undo it.',
  restore:
    'At once: the key is read again from where it was found and switched on again with its issuer. Whoever has read it can use it again.',
  look: 'At once: the key is read again from where it was found, and its issuer is asked whether it lives. Nothing is changed.',
  snooze:
    'It leaves the open list until then. A scan still finds it, and an armed run still burns it where the policy says so.',
  wake: 'It is on the open list again.',
  close:
    'Nothing more is asked of you. The key itself stays as it is; a key that comes back to life opens the incident again.',
};

export function ruledWords(ruled: Ruled, verb: Verb, until?: Date): Flash {
  switch (ruled) {
    case 'done':
      return { tone: 'calm', text: RULED[verb]?.(until) ?? 'Done.' };
    case 'unfinished':
      return {
        tone: 'doubt',
        text: 'A burn was begun and has no result so far: the next armed run finishes it first.',
      };
    case 'closed':
      return { tone: 'doubt', text: 'The incident is closed already.' };
    case 'missing':
      return { tone: 'doubt', text: 'The incident is gone from the ledger.' };
  }
}

const RULED: Partial<Record<Verb, (until: Date | undefined) => string>> = {
  approve: () => 'Approved. The next armed run that meets the key burns it.',
  snooze: (until) => `Snoozed until ${until?.toISOString().slice(0, 10) ?? 'later'}.`,
  wake: () => 'It is on the open list again.',
  close: () => 'Closed.',
};

/** What came of a run for one key. */
export function doneWords(verb: 'look' | 'contain' | 'burn', incident: Incident): Flash {
  const { verdict, receipt, decision } = incident;
  if (verb === 'look') {
    return isDead(verdict)
      ? { tone: 'dead', text: `The issuer says ${verdict.state}: it is dead.` }
      : {
          tone: verdict.state === 'unknown' ? 'doubt' : 'live',
          text: `The issuer was asked: ${verdict.state} (${whyInWords(verdict)}).`,
        };
  }
  switch (receipt?.outcome) {
    case 'revoked':
      return { tone: 'dead', text: 'Burned: its issuer was asked again and says it is dead.' };
    case 'contained':
      return verb === 'contain'
        ? { tone: 'dead', text: 'Contained: its issuer was asked again and says it is switched off.' }
        : { tone: 'doubt', text: `Contained, but not revoked for good: ${receipt.note}.` };
    case 'already-dead':
      return { tone: 'dead', text: 'It was dead already.' };
    case 'accepted':
      return {
        tone: 'doubt',
        text: 'The issuer took the order, yet does not say dead so far. The incident stays open.',
      };
    case 'failed':
    case 'held':
    case 'planned':
      return { tone: 'doubt', text: `Not done: ${receipt.note}.` };
    case 'manual':
      return { tone: 'doubt', text: `${receipt.note}. The steps for a person are below.` };
    case undefined:
      return {
        tone: 'doubt',
        text: `Nothing was done: the policy says ${decision.act} (${decision.because}).`,
      };
  }
}
