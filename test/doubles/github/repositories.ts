import { exampleOf } from './described.ts';
import type { Route } from './route.ts';

export const repositories: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}',
    answer({ part }, { visibility }) {
      // The example is a fork, and lacks a field that the description asks for.
      const { parent: _parent, source: _source, ...example } = exampleOf('GET /repos/{owner}/{repo}', 200);
      const body = {
        ...example,
        language: null,
        fork: false,
        name: part('repo'),
        full_name: `${part('owner')}/${part('repo')}`,
        visibility,
        private: visibility !== 'public',
      };
      return { status: 200, body };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    answer({ part }, { permissions }) {
      const permission = permissions.get(part('username')) ?? 'none';
      const operation = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
      const example = exampleOf(operation, 200);
      const user = { ...(example.user as object), login: part('username'), role_name: permission };
      return { status: 200, body: { ...example, permission, role_name: permission, user } };
    },
  },
];
