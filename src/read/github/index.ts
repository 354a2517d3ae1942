// GitHub, beside the code: what people wrote, what runs logged, what was released. See docs/sources.md. What reads is loaded when it
// is wanted: nearly every scan does without.

import type { Reader } from '../options.ts';
import type { GitHubClient } from './client.ts';
import type { HostedOptions } from './open.ts';
import type { GitHubSourcesOptions, GitWay, SourceReader } from './readers.ts';
import type { GitHubRepository } from './source.ts';

export { Exhausted, Refusal } from './ask.ts';
export { createGitHubClient, type GitHubClient, type GitHubClientOptions } from './client.ts';
export { REPOSITORY_SOURCES, SOURCE_NAMES, type SourceName, TRIED_AGAIN } from './names.ts';
export { impatient, noAnswer } from './no-answer.ts';
export type { HostedOptions } from './open.ts';
export type { GitHubSourcesOptions, GitWay, SourceReader, SourceState } from './readers.ts';
export { inOrder, type RunState, SIGNAL_RUNS, signalOf } from './run-signal.ts';
export type { GitHubRepository } from './source.ts';
export { isGitHubTarget, parseGitHubTarget, printGitHubTarget } from './target.ts';

/** The sources of one repository, those that cost least first. Run them one after the other. */
export async function githubSources(
  client: GitHubClient,
  repository: GitHubRepository,
  options: GitHubSourcesOptions,
): Promise<SourceReader[]> {
  return (await import('./readers.ts')).githubSources(client, repository, options);
}

/** The gists of a user, or of all members of an organisation that the token can see. */
export async function githubGists(
  client: GitHubClient,
  owner: string,
  options: GitHubSourcesOptions,
): Promise<SourceReader> {
  return (await import('./readers.ts')).githubGists(client, owner, options);
}

/** All sources of one target as one reader. @throws SetupError */
export async function openGitHub(
  target: string,
  hosted: HostedOptions,
  signal: AbortSignal | undefined,
  git: GitWay,
): Promise<Reader> {
  return (await import('./open.ts')).openGitHub(target, hosted, signal, git);
}
