// The library's door: find keys in text, mask them, serve keys with honest answers. The pipeline that acts is behind the
// command line and the Action alone, where it is armed twice.
export {
  builtInRules,
  createDetector,
  createRedactor,
  type Detector,
  loadRules,
  type Redactor,
  type RuleSet,
} from './detect/index.ts';
export {
  createKeyService,
  type KeyService,
  type KeyServiceOptions,
  openStore,
  type Running,
  type ServeOptions,
  serve,
} from './keyservice/index.ts';
export type { Chunk, Finding, Looked, Origin, Range, Span } from './model/index.ts';
export { Secret, SetupError } from './model/index.ts';
export {
  type Explanation,
  explain,
  type HttpResponse,
  parseHttpResponse,
  type Service,
  services,
} from './services/index.ts';
