import type { Incident } from '../model/index.ts';
import type { NoticeKind } from './outbox.ts';

/** What to do next, in order. The issuer's own steps come first where only a person can act. */
export function nextSteps(incident: Incident, kind: NoticeKind): readonly string[] {
  const id = incident.id.slice(0, 12);
  const show = `keyburn incidents show ${id}`;
  const { receipt } = incident;
  switch (kind) {
    case 'burned':
      return receipt?.outcome === 'contained'
        ? [
            'Make a new key and put it where the old one was used; until then what used it does not work.',
            `When nothing needs the old key any more, revoke it for good. If it was switched off by mistake: keyburn incidents restore ${id} --reason "…".`,
            ...AFTERWARDS,
            `The whole story: ${show}`,
          ]
        : [
            'Make a new key and put it where the old one was used; what still uses the old one gets a 401 from now on.',
            ...AFTERWARDS,
            `The whole story: ${show}`,
          ];
    case 'found-live':
      return [
        'Make a new key and put it where this one is used.',
        'Then burn this one: keyburn scan --revoke does it where the policy allows, or revoke it at its issuer.',
        ...AFTERWARDS,
        `The whole story: ${show}`,
      ];
    case 'needs-a-person':
      return [
        ...(receipt?.outcome === 'manual'
          ? receipt.steps
          : [`Decide: keyburn incidents approve ${id} --reason "…" lets the next armed run burn it.`]),
        'Before it dies, make a new key and put it where this one is used.',
        ...AFTERWARDS,
        `The whole story: ${show}`,
      ];
    case 'overdue':
      return [
        'Decide today: every hour that it works is an hour in which a stranger can use it.',
        ...(receipt?.outcome === 'manual'
          ? receipt.steps
          : [`keyburn incidents approve ${id} --reason "…" lets the next armed run burn it.`]),
        `If it has to live on, say why: keyburn incidents close ${id} --reason "…".`,
        `The whole story: ${show}`,
      ];
    case 'still-alive':
      return [
        'Revoke it at its issuer by hand now: it can be used by whoever has read it.',
        'The next armed run tries again and asks the issuer once more.',
        ...AFTERWARDS,
        `The whole story: ${show}`,
      ];
  }
}

const AFTERWARDS: readonly string[] = [
  'Keep the new key in an environment variable or a secret manager, never in source code.',
  'Take the old key out of the place where it was found. Once it is dead, rewriting history is tidying up, not an emergency.',
  'Look through its usage since the day it got there for calls that were not yours.',
];
