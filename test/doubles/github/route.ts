import type { GitHubDouble } from './index.ts';

export interface Call {
  readonly method: string;
  /** Without the prefix of the API. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One operation, by the name that GitHub's description has for it, and what the double answers: undefined is a 404. The
 * parts of the path come by their names.
 */
export interface Route {
  readonly operation: `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`;
  readonly answer: (
    call: Call & { readonly part: (name: string) => string },
    double: GitHubDouble,
  ) => Answer | undefined;
}

/** The parts of a path that fits an operation; undefined where it does not. */
export function partsOf(
  { operation }: Route,
  { method, path }: Call,
): ReadonlyMap<string, string> | undefined {
  const [wanted = '', template = ''] = operation.split(' ');
  const names = template.split('/');
  const given = path.split('/');
  if (wanted !== method || names.length !== given.length) return undefined;
  const parts = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const value = given[index] ?? '';
    if (name.startsWith('{')) parts.set(name.slice(1, -1), decodeURIComponent(value));
    else if (name !== value) return undefined;
  }
  return parts;
}

/** One page of a list, as `page` and `per_page` ask for it, with the `link` header that leads on. */
export function page(call: Call, url: string, all: readonly unknown[]): Answer {
  const [at, size] = [Number(call.query.get('page') ?? 1), Number(call.query.get('per_page') ?? 30)];
  const next = new URLSearchParams(call.query);
  next.set('page', String(at + 1));
  const more = at * size < all.length;
  return {
    status: 200,
    body: all.slice((at - 1) * size, at * size),
    ...(more ? { headers: { link: `<${url}${call.path}?${next.toString()}>; rel="next"` } } : {}),
  };
}
