// GitHub, beside the code: what people wrote, what runs logged, what was released. See docs/sources.md.

export { createGitHubClient, type GitHubClient, type GitHubClientOptions } from './client.ts';
export { type HostedOptions, openGitHub } from './open.ts';
export {
  type GitHubSourcesOptions,
  githubGists,
  githubSources,
  type SourceReader,
  type SourceState,
} from './readers.ts';
export { type GitHubRepository, SOURCE_NAMES, type SourceName } from './source.ts';
export { isGitHubTarget, parseGitHubTarget, printGitHubTarget } from './target.ts';
