// GitHub's own description of its API (fixtures/openapi.json, cut by scripts/github-openapi.ts): every answer of the double,
// and every body that it is sent, is held against it, so that the double cannot drift into an API that nobody has.
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Media {
  readonly schema?: Json;
  readonly examples?: Readonly<Record<string, { readonly $ref?: string; readonly value?: Json }>>;
}
interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const text = readFileSync(new URL('./fixtures/openapi.json', import.meta.url), 'utf8');
const description = JSON.parse(text) as Description;
const ROOT = 'https://openapi.test/';
const JSON_BODY = 'application/json';

const ajv = new Ajv({ strict: false, logger: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...(nullsAllowed(JSON.parse(text) as Json) as object), $id: ROOT });
const compiled = new Map<string, ValidateFunction>();

/** OpenAPI 3.0 says `nullable`, which JSON Schema takes only beside a `type`. */
function nullsAllowed(value: Json): Json {
  if (Array.isArray(value)) return value.map(nullsAllowed);
  if (value === null || typeof value !== 'object') return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, nullsAllowed(one)]));
  if (inner.nullable !== true) return inner;
  const { nullable: _nullable, ...rest } = inner;
  return { anyOf: [rest, { type: 'null' }] };
}

function operationOf(operation: string): Operation {
  const [method = '', path = ''] = operation.split(' ');
  const found = description.paths[path]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`${operation}: add it to scripts/github-openapi.ts, and run that`);
  return found;
}

/** Follows a `$ref` of a response, an example. */
function component(ref: string): unknown {
  const [, , kind = '', name = ''] = ref.split('/');
  return description.components[kind]?.[name];
}

/** @returns what is wrong with a body, by the schema at a place of the description; nothing where it fits */
function faults(pointer: readonly string[], body: unknown): string[] {
  const fragment = pointer
    .map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = compiled.get(fragment) ?? ajv.compile({ $ref: `${ROOT}#/${fragment}` });
  compiled.set(fragment, validate);
  if (validate(body)) return [];
  return (validate.errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** What is wrong with an answer. A refusal that the operation does not list must have the shape of GitHub's errors. */
export function faultsOfAnswer(operation: string, status: number, body: unknown): string[] {
  const [method = '', path = ''] = operation.split(' ');
  const response = operationOf(operation).responses[String(status)];
  if (response === undefined) {
    if (status < 400) return [`${operation} answers no ${status}`];
    return faults(['components', 'schemas', 'basic-error'], body);
  }
  const at =
    response.$ref === undefined
      ? ['paths', path, method.toLowerCase(), 'responses', String(status)]
      : response.$ref.split('/').slice(1);
  const { content } = response.$ref === undefined ? response : (component(response.$ref) as Response);
  if (content?.[JSON_BODY]?.schema === undefined)
    return status >= 400 ? faults(['components', 'schemas', 'basic-error'], body) : [];
  return faults([...at, 'content', JSON_BODY, 'schema'], body);
}

export function faultsOfRequest(operation: string, body: unknown): string[] {
  const [method = '', path = ''] = operation.split(' ');
  const content = operationOf(operation).requestBody?.content;
  if (content?.[JSON_BODY]?.schema === undefined)
    return body === undefined ? [] : [`${operation} takes no body`];
  return faults(['paths', path, method.toLowerCase(), 'requestBody', 'content', JSON_BODY, 'schema'], body);
}

/** GitHub's own example of an answer, to be filled with what a test is about. */
export function exampleOf(operation: string, status: number): Record<string, unknown> {
  const media = operationOf(operation).responses[String(status)]?.content?.[JSON_BODY];
  const [example] = Object.values(media?.examples ?? {});
  const { value } =
    example?.$ref === undefined ? (example ?? {}) : (component(example.$ref) as { value?: Json });
  if (value === undefined || value === null) throw new Error(`${operation}: ${status} has no example`);
  const one = Array.isArray(value) ? value[0] : value;
  return structuredClone(one) as Record<string, unknown>;
}
