// Tests an issuer against the open contract, or an OAuth server against the part of it that the standards cover.

import { createCaller } from './caller.ts';
import { type ContractKeys, contractChecks } from './contract.ts';
import { type OAuthKeys, oauthChecks } from './oauth.ts';
import { checksOfAll, type Result, runChecks } from './run.ts';

export { UNREACHED } from './caller.ts';
export type { ContractKeys } from './contract.ts';
export type { OAuthKeys } from './oauth.ts';
export type { Result } from './run.ts';

/** @param url base address, without a slash at its end */
export function conformToContract(url: string, keys: ContractKeys): Promise<readonly Result[]> {
  const caller = createCaller(url);
  return runChecks([...contractChecks(caller, keys), ...checksOfAll(caller, Object.values(keys))]);
}

export function conformToOAuth(url: string, keys: OAuthKeys): Promise<readonly Result[]> {
  const caller = createCaller(url);
  const secrets = [keys.clientSecret, keys.token, keys.other];
  return runChecks([...oauthChecks(caller, url, keys), ...checksOfAll(caller, secrets)]);
}
