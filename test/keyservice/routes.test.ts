// Who may come in where: taken from the router itself, so that a new route has to be put on a list before it opens to anybody.
import { expect, test } from 'vitest';
import { createKeyService } from '../../src/keyservice/app.ts';
import { createLeakDesk, openStore } from '../../src/keyservice/index.ts';
import { hashOf, mint } from '../../src/keyservice/keys.ts';

/** Open to everybody, and why that is right. */
const OPEN: Readonly<Record<string, string>> = {
  'GET /': 'names the others of these',
  'GET /health': 'says ok',
  'GET /openapi.json': 'describes the routes',
  'GET /docs/errors': 'explains refusals',
  'GET /docs/errors/:code': 'explains refusals',
  'POST /v1/check': 'by hash alone, and the state alone',
  'POST /v1/leaks/found': 'anybody may report; always the same answer',
  'GET /found': 'the form',
  'POST /found': 'the form',
};

function everything() {
  const store = openStore(':memory:');
  const now = () => new Date('2026-11-20T12:00:00Z');
  const desk = createLeakDesk({ store, now, log: () => undefined });
  const root = mint('root');
  const never = () => Promise.reject(new Error('nobody is asked here'));
  const from = {
    github: { url: 'https://keys.example/', fetch: never },
    gitlab: { url: 'https://keys.example/', fetch: never },
    gitlabRevocation: { token: 'x'.repeat(32), types: [] },
    keyburn: { secret: 'x'.repeat(32) },
    found: {},
  };
  const app = createKeyService({
    store,
    now,
    rootHash: hashOf(root),
    baseUrl: () => 'https://keys.example',
    leaks: { from, desk },
    failuresAMinute: 10_000,
  });
  const routes = app.routes
    .filter(({ path, method }) => !path.includes('*') && method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`);
  return { app, root, routes: [...new Set(routes)].sort() };
}

test('no route is open to everybody but those on the list', async () => {
  const { app, routes } = everything();
  expect(routes.length).toBeGreaterThan(20);
  for (const name of Object.keys(OPEN)) expect(routes).toContain(name);
  for (const route of routes.filter((one) => !(one in OPEN))) {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:(\w+)(\{[^}]*\})?/g, 'key_00000000000000000000');
    const strangers: Record<string, string>[] = [
      {},
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${mint('live')}` },
      { authorization: `Bearer ${mint('root')}` },
      { 'x-api-key': mint('live') },
      { authorization: `Basic ${btoa('root:root')}`, cookie: 'root=1', 'x-forwarded-for': '127.0.0.1' },
      { 'x-original-url': '/health', 'x-rewrite-url': '/health', 'x-http-method-override': 'GET' },
    ];
    for (const headers of strangers) {
      const body = method === 'GET' ? {} : { body: '[]' };
      const response = await app.request(`${path}?limit=1`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...body,
      });
      expect([route, response.status]).toEqual([route, 401]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
  }
});

test('every route is in the OpenAPI document, and says there how it is guarded', async () => {
  const { app, routes } = everything();
  const { paths } = (await (await app.request('/openapi.json')).json()) as {
    paths: Record<string, Record<string, { security?: unknown; tags: string[] }>>;
  };
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, tags }]) => {
      expect(tags).toHaveLength(1);
      const name = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      expect([name, security === undefined]).toEqual([name, name in OPEN]);
      return name;
    }),
  );
  const pages = [
    'GET /',
    'GET /openapi.json',
    'GET /docs/errors',
    'GET /docs/errors/:code',
    'GET /found',
    'POST /found',
  ];
  expect([...told, ...pages].sort()).toEqual(routes.map((one) => one.replace(/\{[^}]*\}/, '')));
});
