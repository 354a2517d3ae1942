// Chunk -> findings. Pure: rules go in once, chunks go through, nothing is asked and nothing is kept.
export { createDetector, type Detector, type DetectorOptions } from './detector.ts';
export { formatIgnoreFile, type IgnoreEntry, type IgnoreList, parseIgnoreFile } from './ignore-file.ts';
export { judgeRules } from './judge.ts';
export { builtInRules, loadRules, type ReadyRules, type RuleSet } from './load.ts';
export type { Outline } from './outline.ts';
export { createRedactor, type Redactor } from './redact.ts';
export { type Fault, printFault, type Rule } from './rule.ts';
export { embedRules, outlinesOf, searchOf, withOutlines, withSearch } from './rule-cache.ts';
export type { Search } from './search.ts';
export { fillTemplate } from './template.ts';
export { wholeText } from './whole.ts';
