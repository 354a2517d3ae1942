import { readFileSync } from 'node:fs';

/** The package's own version, from the package.json one folder up, in a checkout and in an installed package alike. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const named =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof named === 'string' ? named : 'unknown';
}
