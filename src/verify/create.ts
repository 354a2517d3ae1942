import { SetupError, unasked } from '../model/index.ts';
import type { Ask, Service } from '../services/index.ts';
import type { AskOptions } from './ask.ts';
import type { Verifier, VerifierOptions } from './verifier.ts';

/**
 * Makes the verifier of a run. One that is offline asks nobody, and loads nothing that could: neither the issuers nor the
 * way to them.
 */
export async function createVerifier(
  options: VerifierOptions & { readonly offline: boolean },
): Promise<Verifier> {
  if (options.offline) return offline(options.now);
  const { createOnlineVerifier } = await import('./verifier.ts');
  return createOnlineVerifier(options);
}

/** The guarded way to an issuer, with its queue. What stands behind it is loaded here, as most runs go nowhere. */
export async function openAsk(
  service: Pick<Service, 'hosts' | 'domains' | 'internal' | 'rate'>,
  options: AskOptions = {},
): Promise<Ask> {
  const { createAsk } = await import('./ask.ts');
  return createAsk(service, options);
}

function offline(now: () => Date): Verifier {
  const unknown = { state: 'unknown', why: 'offline' } as const;
  const verifier: Verifier = {
    verify: async (finding) => unasked(finding, now()) ?? unknown,
    again: async () => unknown,
    tools(service) {
      throw new SetupError(`${service} cannot be asked offline`, { hint: 'leave --offline out' });
    },
    fresh: () => verifier,
  };
  return verifier;
}
