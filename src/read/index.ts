// read: a target -> every chunk of it, pushed into a Sink; and afterwards, for what was found, who, when and where.

export { type Clone, clone } from './clone.ts';
export type { FileKind } from './file.ts';
export {
  type FileJobTold,
  type FileLooker,
  type FileOrigin,
  type FilesJob,
  lookFilesHere,
  type OpenFiles,
  type RangeJob,
  runFileJob,
} from './files.ts';
export { gitEnvironment } from './git.ts';
export {
  createGitHubClient,
  Exhausted,
  type GitHubClient,
  type GitHubRepository,
  type GitHubSourcesOptions,
  githubGists,
  githubSources,
  type HostedOptions,
  impatient,
  inOrder,
  noAnswer,
  parseGitHubTarget,
  printGitHubTarget,
  REPOSITORY_SOURCES,
  Refusal,
  type RunState,
  SIGNAL_RUNS,
  SOURCE_NAMES,
  type SourceName,
  type SourceReader,
  type SourceState,
  signalOf,
  TRIED_AGAIN,
} from './github/index.ts';
export { type HostConfig, type Hosts, type HostsOptions, hosts } from './hosts.ts';
export type { KnownStore, Memory, Shelf } from './memory.ts';
export { open } from './open.ts';
export type { Located, Mode, PlaceWithReach, Reader, ReadOptions, Sighting } from './options.ts';
export { everything } from './options.ts';
export {
  type CensusJob,
  type CensusPart,
  type ExpectJobs,
  type Job,
  JobReader,
  type Recall,
  type RunCensus,
  type RunJobs,
  runCensusHere,
  runJobsHere,
  type Unread,
} from './pack/index.ts';
export { joined, moved, NO_WAY, type Way } from './range.ts';
