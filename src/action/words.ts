import { type Entry, isDead, isUsable, type Place, type Receipt, unknownInWords } from '../model/index.ts';
import { advice, plain, SHORT } from '../record/index.ts';

/** How a finding of this run is addressed in a comment: `/keyburn approve HANDLE`. */
export function handleOf(entry: Entry): string {
  return entry.id.slice(0, SHORT);
}

/** Still usable when the run ends. */
export function isAlive({ verdict, receipt }: Entry): boolean {
  if (!isUsable(verdict)) return false;
  return !(receipt !== null && 'proof' in receipt && isDead(receipt.proof));
}

export function kindOf(entry: Entry): 'error' | 'warning' | 'notice' {
  if (isAlive(entry)) return 'error';
  return entry.verdict.state === 'unknown' ? 'warning' : 'notice';
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** Live ones first, then those that nobody knows, then the dead; within them by severity. Stable. */
export function ranked(entries: readonly Entry[]): Entry[] {
  const rank = (entry: Entry) =>
    ['error', 'warning', 'notice'].indexOf(kindOf(entry)) * 10 + SEVERITIES.indexOf(entry.severity);
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

export function stateOf({ verdict, receipt }: Entry): string {
  switch (receipt?.outcome) {
    case 'revoked':
    case 'contained':
    case 'already-dead':
      return receipt.outcome;
    case 'accepted':
    case 'failed':
    case 'manual':
    case 'planned':
    case 'held':
    case undefined:
      return verdict.state === 'unknown' ? `unknown: ${unknownInWords(verdict.why)}` : verdict.state;
  }
}

export function spotOf(place: Place): string {
  if (place.kind !== 'message') return `${place.path}:${place.line}`;
  const of = place.path === '' ? `message of ${place.object?.slice(0, SHORT) ?? 'a commit'}` : place.path;
  return `${of} (message), line ${place.line}`;
}

/** What a person can do now. The Action arms and approves in another way than the command line does. */
export function nextSteps(
  entry: Entry,
  use: { readonly stable: boolean; readonly armed: boolean },
): readonly string[] {
  const { decision, receipt } = entry;
  if (receipt === null && isAlive(entry) && decision.act === 'ask') {
    if (!use.stable)
      return ['revoke it at its issuer; to approve keys by a comment, set the input fingerprint-key'];
    const arm = use.armed ? '' : ' in a workflow with revoke: true';
    return [`to burn it, somebody with write access comments: /keyburn approve ${handleOf(entry)}${arm}`];
  }
  if (receipt?.outcome === 'planned') return ['to burn it: set revoke: true in the workflow'];
  if (receipt?.outcome === 'accepted' || receipt?.outcome === 'failed')
    return ['run the workflow again', 'if that fails, revoke it by hand at its issuer'];
  if (receipt?.outcome === 'held') return ['settle what holds it, then run the workflow again'];
  if (receipt === null && entry.verdict.state === 'unknown' && entry.verdict.why === 'offline')
    if (decision.act !== 'block') return ['whether it works was not asked: set verify: true in the workflow'];
  return advice(entry, 'run the workflow again').map((step) => step.replace('keyburn scan', 'the workflow'));
}

/** What was done, and how a workflow arms it. */
export function outcomeOf({ outcome, note }: Receipt): string {
  return `${outcome}: ${note.replace('; arm with --revoke', '; arm with revoke: true')}`;
}

/** One line about one finding; its words are plain, its secret is a preview. */
export function sentence(entry: Entry): string {
  const { receipt } = entry;
  const done = receipt === null ? '' : ` ${outcomeOf(receipt)}.`;
  // Of a key that this run burned, the last word counts: the first one was that it lives.
  const verdict = receipt !== null && 'proof' in receipt ? receipt.proof : entry.verdict;
  const why = verdict.state === 'unknown' ? (verdict.detail ?? '') : verdict.why;
  return plain(
    `${entry.title} ${entry.preview} is ${stateOf(entry)}${why === '' ? '' : ` (${why})`}, ${entry.exposure}.${done}`,
  );
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
