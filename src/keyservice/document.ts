// The OpenAPI document of the whole service, every receiver included, as it is published in schema/issuer-openapi.json.

import { createKeyService } from './app.ts';
import { createLeakDesk } from './leaks/desk.ts';
import { documentAt } from './openapi.ts';
import { openStore } from './store.ts';

const NOBODY = 'https://keys.example.com';

/** Made from the routes themselves, so it cannot tell another story; nothing is listened to and nobody asked. */
export function issuerDocument(): unknown {
  const store = openStore(':memory:');
  try {
    const now = () => new Date(0);
    const desk = createLeakDesk({ store, now, log: () => undefined });
    const placeholder = 'x'.repeat(32);
    const from = {
      github: { url: 'https://api.github.com/meta/public_keys/secret_scanning' },
      gitlab: { url: `${NOBODY}/public-keys` },
      gitlabRevocation: { token: placeholder, types: [] },
      keyburn: { secret: placeholder },
      found: {},
    };
    const app = createKeyService({
      store,
      now,
      rootHash: new Uint8Array(32),
      baseUrl: () => NOBODY,
      leaks: { from, desk },
    });
    return app.getOpenAPI31Document(documentAt(NOBODY));
  } finally {
    store.close();
  }
}
