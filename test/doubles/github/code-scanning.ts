import type { Route } from './route.ts';

const ID = '47177e22-5596-11eb-80a1-c1e54ef945c6';

export const codeScanning: readonly Route[] = [
  {
    operation: 'POST /repos/{owner}/{repo}/code-scanning/sarifs',
    answer: ({ path }, { api }) => ({ status: 202, body: { id: ID, url: `${api}${path}/${ID}` } }),
  },
  {
    operation: 'GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}',
    answer({ part, path }, { api, processing }) {
      if (part('sarif_id') !== ID) return undefined;
      const body = processing.shift() ?? {
        processing_status: 'complete',
        analyses_url: `${api}${path.replace(/\/sarifs\/.*/, '/analyses')}?sarif_id=${ID}`,
      };
      return { status: 200, body };
    },
  },
];
