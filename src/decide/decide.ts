// Pure: the same finding, verdict, exposure and policy always give the same decision. The law of this file: nothing
// irreversible follows from anything but a live or limited verdict, whatever a policy says.

import picomatch from 'picomatch';
import {
  type Act,
  type Decision,
  type Environment,
  type Exposure,
  type Finding,
  isDead,
  isUsable,
  type Place,
  unknownInWords,
  type Verdict,
} from '../model/index.ts';
import type { Policy, PolicyRow } from './policy.ts';

/**
 * What is to be done about one key.
 * @param places where the key was found, for rows that name a path; left out, the finding's own path counts
 */
export function decide(
  finding: Finding,
  verdict: Verdict,
  exposure: Exposure,
  policy: Policy,
  places: readonly Place[] = [],
): Decision {
  // Asking about a canary sets off somebody's alarm: no row may touch it.
  if (isCanary(finding, verdict)) {
    return {
      act: 'leave',
      because: 'a known canary: somebody set it to catch who uses it; left alone, tell the operator',
    };
  }
  const facts: Facts = { finding, verdict, exposure, environment: environmentOf(finding, verdict), places };
  const builtIn = byDefault(facts);
  const index = policy.rule.findIndex((row) => matches(row, facts));
  const row = policy.rule[index];
  if (row === undefined) return builtIn;
  const name = row.name === undefined ? `rule ${index + 1}` : `rule ${index + 1}, "${row.name}"`;
  const refused = mayNot(row.act, facts);
  if (refused !== undefined) {
    // A row that cannot be followed is a reason to look, never to burn.
    const act = builtIn.act === 'burn' ? 'ask' : builtIn.act;
    return { act, because: `the policy (${name}) says ${row.act}, but ${refused}` };
  }
  return { act: row.act, because: `${describe(facts)} (policy: ${name})` };
}

/** A person said yes to a key that the policy asks about: it may burn. Every other decision stays what it is. */
export function approved(
  decision: Decision,
  approval: { readonly by: string; readonly reason: string },
): Decision {
  if (decision.act !== 'ask') return decision;
  return { act: 'burn', because: `approved by ${approval.by}: ${approval.reason}` };
}

/** A person wants it stopped in a way that can be undone; a policy that leaves a key alone stays as it is. */
export function contained(
  decision: Decision,
  word: { readonly by: string; readonly reason: string },
): Decision {
  if (decision.act !== 'ask' && decision.act !== 'burn') return decision;
  return { act: 'contain', because: `contained by ${word.by}: ${word.reason}` };
}

interface Facts {
  readonly finding: Finding;
  readonly verdict: Verdict;
  readonly exposure: Exposure;
  readonly environment: Environment;
  readonly places: readonly Place[];
}

function isCanary(finding: Finding, verdict: Verdict): boolean {
  return finding.doubt === 'canary' || (verdict.state === 'unknown' && verdict.why === 'canary');
}

/** The issuer's word about the environment counts more than the look of the key. */
function environmentOf(finding: Finding, verdict: Verdict): Environment {
  return isUsable(verdict) ? (verdict.environment ?? finding.environment) : finding.environment;
}

function byDefault(facts: Facts): Decision {
  const { verdict, exposure, environment } = facts;
  const act = (what: Act): Decision => ({ act: what, because: `${describe(facts)} (policy: default)` });
  if (verdict.state === 'malformed' || isDead(verdict)) return act('leave');
  if (environment === 'test') return act('notify');
  if (exposure === 'local') return act('block');
  if (!isUsable(verdict)) return act('notify');
  // More than one possible issuer, or a doubt, yet a usable verdict: somebody must look before anything happens.
  if (mayNot('burn', facts) !== undefined) return act('ask');
  return act(exposure === 'public' ? 'burn' : 'ask');
}

/** Why an act is out of the question here, whatever a row says. */
function mayNot(act: Act, { finding, verdict, exposure }: Facts): string | undefined {
  if (act === 'block') return exposure === 'local' ? undefined : `it is ${exposure}, too late to block`;
  if (act !== 'burn' && act !== 'contain') return undefined;
  if (!isUsable(verdict)) return `${stateOf(verdict)} is not live: nothing irreversible follows`;
  if (exposure === 'local') return `it has not been pushed: there is nothing to ${act}`;
  if (finding.doubt !== undefined) return `it is ${finding.doubt}`;
  if (finding.services.length !== 1) return `it has ${finding.services.length} possible issuers, not one`;
  return undefined;
}

function matches(row: PolicyRow, { finding, verdict, exposure, environment, places }: Facts): boolean {
  const { when } = row;
  const one = <T>(wanted: readonly T[] | undefined, is: T): boolean =>
    wanted === undefined || wanted.includes(is);
  return (
    (when.verdict === undefined ? isUsable(verdict) : when.verdict.includes(verdict.state)) &&
    one(when.exposure, exposure) &&
    one(when.environment, environment) &&
    one(when.severity, finding.rule.severity) &&
    one(when.rule, finding.rule.id) &&
    (when.service === undefined || finding.services.some((id) => when.service?.includes(id))) &&
    (when.path === undefined || pathsMatch(when.path, finding, places))
  );
}

// Every place must match: a key that is in `test/` and in `src/` is not "a test's key". That errs on the safe side for
// milder acts and for harsher ones alike.
function pathsMatch(globs: string[], finding: Finding, places: readonly Place[]): boolean {
  const paths =
    places.length > 0
      ? places.map((place) => place.path)
      : 'path' in finding.origin
        ? [finding.origin.path]
        : [];
  return paths.length > 0 && paths.every((path) => picomatch.isMatch(path, globs, { dot: true }));
}

function describe({ verdict, exposure, environment }: Facts): string {
  return `${standing(verdict, exposure)}${environment === 'test' ? ', a test key' : ''}`;
}

/** Two facts may be unknown, so each says which it is. */
function standing(verdict: Verdict, exposure: Exposure): string {
  const unsure = verdict.state === 'unknown';
  if (exposure === 'unknown')
    return unsure
      ? `exposure and verdict unknown: ${unknownInWords(verdict.why)}`
      : `${verdict.state}, its exposure unknown`;
  return unsure
    ? `${exposure}, its verdict unknown: ${unknownInWords(verdict.why)}`
    : `${exposure} and ${verdict.state}`;
}

function stateOf(verdict: Verdict): string {
  return verdict.state === 'unknown' ? `unknown (${unknownInWords(verdict.why)})` : verdict.state;
}
