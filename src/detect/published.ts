// Values that a standard, an emulator or a framework prints for everybody: constants of protocols, keys of emulators that take no
// other, hashes that a framework writes into every new project. Nobody can leak them. Known by their digests, as canaries are not:
// a list of keys has no place in a file that scanners read.

import { hash } from 'node:crypto';

/** The first eight bytes of the SHA-256 of each. */
const PUBLISHED: ReadonlySet<string> = new Set([
  // RFC 6455, section 1.3: what a WebSocket server adds to the client's key
  '7f44193a6edea087',
  // Azurite and the older storage emulator: devstoreaccount1
  '0011cc25eb432071',
  // Emulator of Azure Cosmos DB
  'aa6547439583c3a2',
  // reCAPTCHA: the pair for automated tests
  'f5e95c9954635b65',
  '03b970ed8171d73b',
  // Laravel: the password hashes of its user factory
  'eeff4d1bcd7b6841',
  '619aae169eed1b55',
]);

/** Asked last, of what is about to be reported. */
export function isPublished(value: string): boolean {
  return PUBLISHED.has(hash('sha256', value, 'hex').slice(0, 16));
}
