import type { Exposure, Origin, Place, RunLog, Sink, Span } from '../model/index.ts';
import type { Clone } from './clone.ts';
import type { OpenFiles } from './files.ts';
import type { HostedOptions } from './github/index.ts';
import type { Memory } from './memory.ts';
import type { ExpectJobs, RunCensus, RunJobs } from './pack/index.ts';

/**
 * What of a repository is to be read. `since` and `range` mean commits, `staged` what the next commit would bring. `commits` are
 * object ids that a front door has made sure of: what `tips` (commits, or tags with their messages) reach and `not` does not,
 * and `objects` whole, wherever they stand. With `objects`, places are looked for in all that refs reach.
 */
export type Mode =
  | { readonly kind: 'all' }
  | { readonly kind: 'staged' }
  | { readonly kind: 'since'; readonly rev: string }
  | { readonly kind: 'range'; readonly range: string }
  | {
      readonly kind: 'commits';
      readonly tips: readonly string[];
      readonly not: readonly string[];
      readonly objects?: readonly string[];
    };

export interface ReadOptions {
  /** `auto`: yes in a git repository. */
  readonly history: 'auto' | 'yes' | 'no';
  readonly mode: Mode;
  /**
   * Every object whole through `git cat-file`, and who brought what from `git log`: slower, and the reference that our own reader is
   * measured against.
   */
  readonly exhaustive: boolean;
  /** Whether `locate` finds out who, when and in which file. */
  readonly attribution: boolean;
  /** Opens the archives of a tree; one that is the target itself is opened in any case. */
  readonly archives?: boolean;
  readonly signal?: AbortSignal;
  /** Reads parts of a history elsewhere, in worker threads; left out, they are read here. */
  readonly runJobs?: RunJobs;
  /** Gets ready for that. */
  readonly expectJobs?: ExpectJobs;
  /** The same for finding out who brought what was found. */
  readonly runCensus?: RunCensus;
  /** Looks at files elsewhere, in worker threads; left out, they are looked at here. */
  readonly openFiles?: OpenFiles;
  /** What earlier runs have shown; left out, everything is read. */
  readonly memory?: Memory;
  /** No network: an address is not cloned. */
  readonly offline?: boolean;
  /** How targets of GitHub are read; left out, they cannot be. */
  readonly hosted?: HostedOptions;
  /** Where an address is read from: a copy that the front door keeps. Left out, it is cloned for this run. */
  readonly copyOf?: (address: string) => Promise<Clone>;
  /** What the target `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** Archives of a tree, as `openFiles` takes it. */
export function wantsArchives({ archives = false }: ReadOptions): { readonly archives: boolean } {
  return { archives };
}

/** All of a target, whatever part of it a run is about. */
export function everything({ hosted, ...options }: ReadOptions): ReadOptions {
  const whole: ReadOptions = { ...options, history: 'auto', mode: { kind: 'all' }, archives: true };
  if (hosted === undefined) return whole;
  const { which: _which, since: _since, cursors: _cursors, told: _told, ...all } = hosted;
  return { ...whole, hosted: all };
}

/** Something found: where its bytes came from, and where in them it stands. */
export interface Sighting {
  readonly origin: Origin;
  readonly span: Span;
}

export interface PlaceWithReach {
  readonly place: Place;
  /** Whether it has left this machine; `unknown` where git cannot tell. */
  readonly pushed: boolean | 'unknown';
  /** Fetch URL of the remote, without credentials. */
  readonly remote?: string;
  /** Who could read it, where its host has said so already. */
  readonly exposure?: Exposure;
  /** It stands in the log of a run of GitHub Actions, which can be deleted. */
  readonly log?: RunLog;
}

export interface Located {
  /** At least one; the oldest first. */
  readonly places: readonly PlaceWithReach[];
}

/**
 * One target. `run` once, then `locate` for what was found, then `close`. A line of a slow stream may be shown to the
 * sink more than once (see window.ts): the same rule at the same span of the same origin is the same finding.
 */
export interface Reader {
  /** As given. */
  readonly target: string;
  /** Pushes every chunk. Rejects with a SetupError, or with the signal's reason; what could not be read goes to `sink.skip`. */
  run(sink: Sink): Promise<void>;
  /** Places of sightings, in their order. Only these cost a look at the commit log. */
  locate(sightings: readonly Sighting[]): Promise<readonly Located[]>;
  /** Removes what was made for reading (a temporary clone). Safe to call twice. */
  close(): Promise<void>;
}
