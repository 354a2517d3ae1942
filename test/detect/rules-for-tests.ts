import {
  createDetector,
  type Detector,
  fillTemplate,
  type RuleSet,
  wholeText,
} from '../../src/detect/index.ts';
import { parseRules } from '../../src/detect/parse-rules.ts';
import { type Finding, FingerprintKey, Secret } from '../../src/model/index.ts';

/** A small rule set with one rule of every kind. */
const RULES = String.raw`
provider = "Tests"
docs = "https://docs.acme.example/keys"

[[rule]]
id = "acme-key"
title = "Acme key"
severity = "critical"
services = ["acme"]
environment = "live"
literals = ["acm_"]
pattern = '''(?<![0-9A-Za-z_])(?<secret>acm_[0-9A-Za-z]{36})(?![0-9A-Za-z])'''
checksum = "github-crc32"
match = ["acm_{{alnum:30}}{{checksum}}"]
miss = ["acm_{{alnum:20}}"]

[[rule]]
id = "two-owners"
title = "Key of one of two"
severity = "high"
services = ["one", "two"]
literals = ["both-"]
pattern = '''(?<secret>both-[0-9a-f]{24})(?![0-9a-f])'''
match = ["both-{{hex:24}}"]

[[rule]]
id = "cloud-id"
title = "Cloud key id with its secret"
severity = "critical"
services = ["cloud"]
literals = ["CLID"]
pattern = '''(?<secret>CLID[A-Z2-7]{16})(?![A-Z2-7])'''
match = ["id = CLID{{base32:16}} secret = {{base64:40}}"]
[rule.parts.secret]
pattern = '''secret = (?<secret>[0-9A-Za-z+/]{40})(?![0-9A-Za-z+/])'''
required = true

[[rule]]
id = "near-hex"
title = "Hex with a word near by"
severity = "medium"
literals = ["hx:"]
pattern = '''hx:(?<secret>[0-9a-f]{32})(?![0-9a-f])'''
near = ["Zebra"]
match = ["zebra hx:{{hex:32}}"]
miss = ["horse hx:{{hex:32}}"]

[[rule]]
id = "block"
title = "A long block"
severity = "critical"
reach = 16384
literals = ["-----BEGIN"]
pattern = '''(?<secret>-----BEGIN RSA PRIVATE KEY-----[\sA-Za-z0-9+/=]{100,12000}-----END RSA PRIVATE KEY-----)'''
match = ["{{pem:RSA}}"]

[[rule]]
id = "row"
title = "Keys in a row"
severity = "low"
reach = 1024
literals = ["row: "]
pattern = '''row: (?<secret>[0-9a-z]{20})(?![0-9a-z])'''
more = ''',\s{1,4}(?<secret>[0-9a-z]{20})(?![0-9a-z])'''
match = ["row: {{lower-alnum:20}}"]

[[rule]]
id = "token"
title = "JSON Web Token"
severity = "medium"
literals = ["eyJ"]
reach = 4096
pattern = '''(?<![0-9A-Za-z_-])(?<secret>eyJ[0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{16,900})'''
checksum = "jwt"
match = ["{{jwt}}"]

[[rule]]
id = "some-secret"
title = "Secret in an assignment"
severity = "medium"
literals = ["secret", "token", "api_key"]
fold = true
value = "assignment"
randomness = true
generic = true
match = ["SECRET={{alnum:32}}", 'token: "{{hex:40}}"', "<api_key>{{alnum:32}}</api_key>"]
miss = ["SECRET=$OTHER", "token = lexer.next()"]

[[rule]]
id = "some-password"
title = "Password in an assignment"
severity = "medium"
literals = ["password"]
fold = true
value = "assignment"
generic = true
match = ['password = "{{password:14}}"']
miss = ['password = "password"', "password = ask()"]
`;

export function rulesOf(text: string): RuleSet {
  const { set, faults } = parseRules(new Map([['tests.toml', text]]));
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return set;
}

export const rules: RuleSet = rulesOf(RULES);
export const detector: Detector = createDetector(rules);

/** An example of a rule, filled; `variant` gives another one. */
export function example(id: string, variant = 0, which = 0): string {
  const rule = rules.rules.find((one) => one.id === id);
  if (!rule) throw new Error(id);
  return fillTemplate(rule.match[which] ?? '', rule, variant).text;
}

const KEY = new FingerprintKey(Buffer.alloc(32, 7));

/** A finding as plain data, its secret as a fingerprint. */
export function plain(finding: Finding): Record<string, unknown> {
  const parts = Object.entries(finding.parts).map(([name, part]) => [name, KEY.fingerprint(part)]);
  return {
    ...finding,
    rule: finding.rule.id,
    secret: KEY.fingerprint(finding.secret),
    parts: Object.fromEntries(parts),
  };
}

export function fingerprint(text: string): string {
  return KEY.fingerprint(new Secret(text));
}

export function look(text: string | Uint8Array, by: Detector = detector): readonly Finding[] {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  return by.look(wholeText(bytes)).findings;
}
