import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Env } from './env.ts';
import { problemSchema } from './problem.ts';
import { WORDS, type Words } from './words.ts';

/** What an issuer of any make offers to scanners. */
export const CONTRACT = 'contract';
/** Reports of others, in their own protocols. */
export const RECEIVER = 'receiver';
/** What this service alone has. */
export const OWN = 'own';

export const KEY = [{ bearer: [] }, { apiKey: [] }];
export const ROOT = [{ rootKey: [] }];

/** A JSON body, for requests and responses alike. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { content: { 'application/json': { schema } }, description };
}

type ProblemResponse = {
  content: { 'application/problem+json': { schema: typeof problemSchema } };
  description: string;
};

/** The problem documents that a route may answer with. */
export function problems<S extends Words['status']>(...statuses: S[]): { [K in S]: ProblemResponse } {
  const one = (status: S): [S, ProblemResponse] => {
    const codes = Object.entries(WORDS).filter(([, words]) => words.status === status);
    const description = codes.map(([code]) => code).join(', ');
    return [status, { content: { 'application/problem+json': { schema: problemSchema } }, description }];
  };
  return Object.fromEntries(statuses.map(one)) as { [K in S]: ProblemResponse };
}

export function addOpenApi(app: OpenAPIHono<Env>): void {
  const registry = app.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A key: kbk_live_… or kbk_test_…',
  });
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
  });
  registry.registerComponent('securitySchemes', 'rootKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'The root key, which manages keys and opens nothing else.',
  });
  app.doc31('/openapi.json', (c) => documentAt(c.get('baseUrl')));
}

export function documentAt(url: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'keyburn key service',
      version: '1.0.0',
      description:
        'Issues, checks and burns API keys. A burned key learns at its next call where it was found and when it died.',
    },
    servers: [{ url }],
    tags: [
      { name: CONTRACT, description: 'The open contract: what an issuer of any make offers to scanners.' },
      { name: RECEIVER, description: 'Leak reports of others, in their own protocols.' },
      { name: OWN, description: 'What this service has beside the contract.' },
    ],
  };
}
