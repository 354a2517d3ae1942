// What SARIF 2.1.0 says about the objects that keyburn writes, as a JSON Schema of our own words: required members,
// types, enumerations, bounds and patterns from sections 3.13 to 3.58 of the standard, and no member that it does not
// name (property bags aside). https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (read 2026-11-20)

type Schema = Record<string, unknown>;

function object(required: readonly string[], properties: Schema): Schema {
  return {
    type: 'object',
    required,
    properties: { ...properties, properties: bag },
    additionalProperties: false,
  };
}

function list(items: Schema, rest: Schema = {}): Schema {
  return { type: 'array', items, ...rest };
}

// 3.8: free, but for `tags`, which is a set of strings.
const bag: Schema = {
  type: 'object',
  properties: { tags: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
};
const text: Schema = { type: 'string' };
const level: Schema = { enum: ['none', 'note', 'warning', 'error'] };
const message = object(['text'], { text });
const multiformat = object(['text'], { text });
const positive: Schema = { type: 'integer', minimum: 1 };
const index: Schema = { type: 'integer', minimum: -1 };

const artifactLocation = object(['uri'], {
  uri: { type: 'string', format: 'uri-reference' },
  uriBaseId: text,
});
const region = object([], { startLine: positive, startColumn: positive, endLine: positive });
const physicalLocation = object(['artifactLocation'], { artifactLocation, region });
const location = object([], { id: index, physicalLocation, message });

const result = object(['message', 'ruleId', 'locations'], {
  ruleId: text,
  ruleIndex: index,
  level,
  message,
  locations: list(location, { minItems: 1, maxItems: 10 }),
  relatedLocations: list(location, { uniqueItems: true }),
  partialFingerprints: { type: 'object', additionalProperties: text },
});

const rule = object(['id'], {
  id: text,
  name: text,
  shortDescription: multiformat,
  fullDescription: multiformat,
  help: multiformat,
  defaultConfiguration: object([], { level }),
});

const driver = object(['name'], {
  name: text,
  // 3.19.12: Semantic Versioning 2.0.
  semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
  rules: list(rule, { uniqueItems: true }),
});

const run = object(['tool', 'results'], {
  tool: object(['driver'], { driver }),
  automationDetails: object([], { id: text }),
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
  originalUriBaseIds: { type: 'object', additionalProperties: object([], { description: message }) },
  invocations: list(
    object(['executionSuccessful'], {
      executionSuccessful: { type: 'boolean' },
      toolExecutionNotifications: list(object(['message'], { level, message })),
    }),
  ),
  results: list(result),
});

export const sarifSubset: Schema = object(['version', 'runs'], {
  $schema: { type: 'string', format: 'uri' },
  version: { const: '2.1.0' },
  runs: list(run),
});
