// What a person should do next about one finding, in plain words and with the command where there is one.

import { type Entry, isDead, isUsable, type UnknownWhy } from '../../model/index.ts';

/** Digits of a fingerprint that name an incident in commands and reports. */
export const SHORT = 12;

/** Steps in order; empty where nothing is left to do. */
export function advice(entry: Entry, rerun: string): readonly string[] {
  const { receipt, verdict, decision } = entry;
  if (receipt !== null) {
    switch (receipt.outcome) {
      case 'contained':
        return [
          'put a new key where this one was used; this one is switched off',
          `to bring it back: keyburn incidents restore ${entry.id.slice(0, SHORT)} --reason "…"`,
        ];
      case 'revoked':
      case 'already-dead':
        return ['put a new key where this one was used; the old one is dead'];
      case 'accepted':
        return [`the issuer accepted, yet does not call it dead so far: run again soon: ${rerun} --revoke`];
      case 'failed':
        return [`run again: ${rerun} --revoke`, 'if it fails again, revoke it by hand at its issuer'];
      case 'manual':
        return receipt.steps;
      case 'planned':
        return [`to do it: ${rerun} --revoke`];
      case 'held':
        return [`to let it go on, settle what holds it, then run: ${rerun} --revoke`];
    }
  }
  if (isDead(verdict) || verdict.state === 'malformed') return [];
  switch (decision.act) {
    case 'burn':
    case 'contain':
      return [`to ${decision.act} it: ${rerun} --revoke`];
    case 'ask':
      return [
        `to say yes: keyburn incidents approve ${entry.id.slice(0, SHORT)} --reason "…", then: ${rerun} --revoke`,
        'or replace the key first, where something still needs it',
      ];
    case 'block':
      return ['it has not been pushed: take it out of the commit before it is'];
    case 'notify':
      return isUsable(verdict) ? ['tell its owner; replace it when it suits'] : unchecked(verdict, rerun);
    case 'leave':
      return isUsable(verdict) ? ['the policy leaves it alone; it still works'] : unchecked(verdict, rerun);
  }
}

function unchecked(verdict: Entry['verdict'], rerun: string): readonly string[] {
  if (verdict.state !== 'unknown') return [];
  const text = ADVICE[verdict.why];
  return text === '' ? [] : [text.replace('RERUN', rerun.replace(/ --offline\b/, ''))];
}

const ADVICE: Readonly<Record<UnknownWhy, string>> = {
  offline: 'whether it works was not asked: RERUN (without --offline)',
  'not-asked': 'the verdict says why nobody was asked; when that is settled: RERUN',
  'no-service': 'nobody can be asked about this kind of key: look whether it is real, and replace it if so',
  'no-check': 'its issuer offers no safe way to ask: look there by hand, and replace it if it is real',
  'not-configured':
    'the verdict names what is missing to ask (docs/issuer-settings.md); give it, then: RERUN',
  ambiguous: 'several issuers could own it, so nobody was asked: find out whose it is, and revoke it there',
  canary: 'do not use it: it is a trap that reports who does',
  throttled: 'the issuer wants fewer questions: run again later: RERUN',
  timeout: 'the issuer did not answer in time: run again: RERUN',
  unreachable: 'the issuer could not be reached: run again: RERUN',
  redirected: 'the issuer sent us elsewhere, where no key goes: check its address in keyburn.toml',
  'too-large': "the issuer's answer was no answer: check its address, or look there by hand",
  'forbidden-address': "the issuer's name leads to a private address: if it is yours, say so in keyburn.toml",
  'unexpected-reply': "the issuer's answer was not understood: look there by hand",
  'issuer-fault': 'the issuer has a fault of its own: run again later: RERUN',
  'not-discriminating': 'the issuer says yes to any key, so its word is worth nothing: look there by hand',
};
