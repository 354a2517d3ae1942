// What a person may do about an incident, and doing it. The laws: the desk has no way of its own to an issuer: it runs the pipeline
// for one key, or the same undo as the command line; a person's word is in the audit trail before anything is tried; and what
// touches a key needs an armed server, as it needs an armed scan.

import { existsSync } from 'node:fs';
import PQueue from 'p-queue';
import { type Base, base, equip, type Surroundings, undo } from '../equip/index.ts';
import { type Fingerprint, type Incident, isUsable, SetupError, type Summary } from '../model/index.ts';
import { run, type Word } from '../pipeline/index.ts';
import type { Ledger, Ruled } from '../record/index.ts';
import type { Flash } from './sessions.ts';
import { doneWords, ruledWords } from './words.ts';

export const VERBS = ['approve', 'contain', 'burn', 'restore', 'look', 'snooze', 'wake', 'close'] as const;
export type Verb = (typeof VERBS)[number];

/** One thing that can be done, or why it cannot be. */
export type Choice =
  | { readonly verb: Verb; readonly possible: true }
  | { readonly verb: Verb; readonly possible: false; readonly why: string };

export interface Told {
  readonly by: string;
  readonly reason: string;
  /** For snooze alone. */
  readonly until?: Date;
}

/** Something that reads the key again and asks its issuer takes as long as it takes. */
export interface UnderWay {
  readonly verb: Verb;
  readonly by: string;
  readonly since: string;
}

export interface Desk {
  /** The issuer's name and page, for people. */
  issuer(incident: Incident): Promise<{ readonly name: string; readonly docs: string } | undefined>;
  choices(incident: Incident, snoozedUntil: string | null): Promise<readonly Choice[]>;
  /** Undefined where it is still under way after a moment: `result` has it later. */
  act(verb: Verb, incident: Incident, told: Told): Promise<Flash | undefined>;
  underWay(id: Fingerprint): UnderWay | undefined;
  /** What came of the last thing that took longer; each is given once. */
  result(id: Fingerprint): Flash | undefined;
  /** Waits for what is under way. */
  end(): Promise<void>;
}

export interface DeskOptions {
  readonly ledger: Ledger;
  readonly around: () => Surroundings;
  /** `--revoke` of the server: without it no button touches a key. */
  readonly armed: boolean;
  readonly config?: string;
  readonly now: () => Date;
  /** How long a form waits for its result before it says "under way", in ms. */
  readonly patienceMs?: number;
}

/** What a person's yes can turn into an order; whatever else the policy says stays as it is. */
const MAY_BURN: ReadonlySet<string> = new Set(['ask', 'burn', 'contain']);
const PATIENCE_MS = 5000;
const MOST_RESULTS = 200;

export function createDesk(options: DeskOptions): Desk {
  const { ledger, now } = options;
  // One at a time: each may read a whole repository.
  const queue = new PQueue({ concurrency: 1 });
  const running = new Map<Fingerprint, UnderWay>();
  const results = new Map<Fingerprint, Flash>();
  let made: Promise<Base> | undefined;
  const ready = (): Promise<Base> => {
    made ??= base(options.around(), options.config === undefined ? {} : { config: options.config }).catch(
      (error: unknown) => {
        made = undefined;
        throw error;
      },
    );
    return made;
  };

  async function one(incident: Incident, word: Word): Promise<Summary> {
    const around = options.around();
    const use = await equip(
      around,
      {
        offline: false,
        revoke: word.act !== 'look',
        cache: false,
        rules: [],
        ...(options.config === undefined ? {} : { config: options.config }),
      },
      {
        read: {
          history: 'auto',
          mode: { kind: 'all' },
          exhaustive: false,
          attribution: true,
          signal: around.signal,
        },
        reporter: { entry: () => undefined, finish: () => undefined },
        progress: () => undefined,
        warn: () => undefined,
        ledger,
        word,
      },
      await ready(),
    );
    try {
      return (await run([targetOf(incident) ?? ''], use)).summary;
    } finally {
      await use.crew.close();
    }
  }

  async function touch(verb: Word['act'], incident: Incident, { by, reason }: Told): Promise<Flash> {
    const summary = await one(incident, { id: incident.id, act: verb, by, reason });
    const after = await ledger.incident(incident.id);
    if (summary.findings === 0 || after.kind !== 'one') {
      const gap = summary.skipped[0];
      const why = gap === undefined ? '' : ` (${gap.path}: ${gap.why})`;
      return {
        tone: 'doubt',
        text: `Nothing was done: the key is not where it was found any more, and the ledger holds none${why}. End it with its issuer.`,
      };
    }
    return doneWords(verb, after.incident);
  }

  async function restore(incident: Incident, told: Told): Promise<Flash> {
    const done = await undo(options.around(), await ready(), ledger, incident, told);
    switch (done.outcome) {
      case 'restored':
        return {
          tone: 'live',
          text: `Restored: the key works again, proved by its issuer. A later armed run burns it where the policy says so.`,
        };
      case 'unproved':
        return { tone: 'doubt', text: `Not proved: ${done.note}. The issuer says ${done.proof.state}.` };
      case 'refused':
        return { tone: 'doubt', text: `Not restored: ${done.note}.` };
      case 'manual':
        return { tone: 'doubt', text: `${done.note}. By hand: ${done.steps.join(' ')}` };
    }
  }

  /** Starts it, and waits for a moment. */
  async function atOnce(
    verb: Verb,
    incident: Incident,
    told: Told,
    work: () => Promise<Flash>,
  ): Promise<Flash | undefined> {
    if (running.has(incident.id))
      return { tone: 'doubt', text: 'Something is under way for this key; wait for its end.' };
    running.set(incident.id, { verb, by: told.by, since: now().toISOString() });
    const asked = await ledger.board.asked(incident.id, told.by, `${verb}: ${told.reason}`);
    if (asked !== 'done') {
      running.delete(incident.id);
      return ruledWords(asked, verb);
    }
    const done = queue.add(async (): Promise<Flash> => {
      try {
        return await work();
      } catch (error) {
        // A SetupError says what to do; anything else may quote what must not be shown.
        const why = error instanceof SetupError ? error.message : 'an unexpected fault';
        const hint = error instanceof SetupError && error.hint !== undefined ? ` ${error.hint}.` : '';
        return { tone: 'doubt', text: `Not done: ${why}.${hint}` };
      } finally {
        running.delete(incident.id);
      }
    });
    let waited = false;
    const kept = done.then((flash) => {
      if (!waited) return;
      const [oldest] = results.keys();
      if (results.size >= MOST_RESULTS && oldest !== undefined) results.delete(oldest);
      results.set(incident.id, flash);
    });
    kept.catch(() => undefined);
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => {
      waited = true;
      late.resolve(undefined);
    }, options.patienceMs ?? PATIENCE_MS);
    const first = await Promise.race([done, late.promise]);
    clearTimeout(timer);
    return first;
  }

  return {
    async issuer(incident) {
      const service = (await ready()).services.get(incident.service ?? '');
      return service === undefined ? undefined : { name: service.name, docs: service.docs };
    },

    async choices(incident, snoozedUntil) {
      const service = (await ready()).services.get(incident.service ?? '');
      const no = (verb: Verb, why: string): Choice => ({ verb, possible: false, why });
      const yes = (verb: Verb): Choice => ({ verb, possible: true });
      const open = incident.state !== 'closed';
      const asleep = snoozedUntil !== null && snoozedUntil > now().toISOString();
      const unread = unreadable(incident);
      const askable = service === undefined ? 'keyburn knows no issuer to ask about this key' : unread;
      const atOnceOrNot = (verb: 'contain' | 'burn', can: boolean): Choice => {
        if (!open) return no(verb, 'the incident is closed');
        if (askable !== undefined) return no(verb, askable);
        if (!MAY_BURN.has(incident.decision.act))
          return no(verb, `the policy says ${incident.decision.act}: ${incident.decision.because}`);
        if (!can) return no(verb, `${service?.name} offers no way to ${verb} a key by program`);
        if (!options.armed) return no(verb, 'this server was started without --revoke, so it touches no key');
        return yes(verb);
      };
      return [
        !open
          ? no('approve', 'the incident is closed')
          : incident.decision.act === 'ask'
            ? yes('approve')
            : no('approve', `the policy asks nobody about it, it says ${incident.decision.act}`),
        atOnceOrNot('contain', service?.contain !== undefined),
        atOnceOrNot('burn', service?.contain !== undefined || service?.revoke !== undefined),
        restorable(incident, service?.restore !== undefined, askable),
        askable === undefined ? yes('look') : no('look', askable),
        open && !asleep ? yes('snooze') : no('snooze', open ? 'it is snoozed' : 'the incident is closed'),
        open && asleep ? yes('wake') : no('wake', 'it is not snoozed'),
        !open
          ? no('close', 'the incident is closed')
          : incident.state === 'intended'
            ? no('close', 'a burn was begun and has no result so far; the next armed run finishes it')
            : yes('close'),
      ];
    },

    async act(verb, incident, told) {
      const said = async (ruled: Promise<Ruled>): Promise<Flash> => ruledWords(await ruled, verb, told.until);
      const { id } = incident;
      switch (verb) {
        case 'approve':
          return said(ledger.approve(id, told.by, told.reason));
        case 'close':
          return said(ledger.close(id, told.by, told.reason));
        case 'snooze':
          return said(ledger.board.snooze(id, told.by, told.reason, told.until ?? now()));
        case 'wake':
          return said(ledger.board.wake(id, told.by, told.reason));
        case 'burn': {
          const approved = await ledger.approve(id, told.by, told.reason);
          if (approved !== 'done') return ruledWords(approved, verb);
          return atOnce(verb, incident, told, () => touch('burn', incident, told));
        }
        case 'contain':
          return atOnce(verb, incident, told, () => touch('contain', incident, told));
        case 'look':
          return atOnce(verb, incident, told, () => touch('look', incident, told));
        case 'restore':
          return atOnce(verb, incident, told, () => restore(incident, told));
      }
    },

    underWay: (id) => running.get(id),
    result(id) {
      const flash = results.get(id);
      results.delete(id);
      return flash;
    },
    end: () => queue.onIdle(),
  };
}

/** Where the key can be read again. */
function targetOf(incident: Incident): string | undefined {
  if (incident.place.repository !== undefined) return incident.place.repository;
  return incident.place.kind === 'file' ? incident.place.path : undefined;
}

function unreadable(incident: Incident): string | undefined {
  const target = targetOf(incident);
  if (target === undefined) return 'it came in a stream, which cannot be read again';
  if (/^[a-z+]+:\/\//i.test(target) || existsSync(target)) return undefined;
  return 'the place where it was found is not on this machine';
}

function restorable(incident: Incident, can: boolean, askable: string | undefined): Choice {
  const no = (why: string): Choice => ({ verb: 'restore', possible: false, why });
  if (isUsable(incident.verdict)) return no('the key works; there is nothing to restore');
  if (incident.receipt?.outcome === 'revoked') return no('it was revoked, which nobody can undo');
  if (askable !== undefined) return no(askable);
  if (!can) return no('its issuer offers no way to restore a key by program');
  if (incident.verdict.state !== 'disabled')
    return no(`only what was switched off can be restored; it is ${incident.verdict.state}`);
  return { verb: 'restore', possible: true };
}
