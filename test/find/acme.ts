// Rules of an issuer that nobody has, and keys in their shape.
import { fillTemplate, type RuleSet } from '../../src/detect/index.ts';
import { parseRules } from '../../src/detect/parse-rules.ts';

const RULES = `
provider = "Acme"
[[rule]]
id = "acme-token"
title = "Acme token"
severity = "high"
services = []
literals = ["acm_"]
pattern = '''(?<secret>acm_[0-9a-z]{24})(?![0-9a-z])'''
match = ["acm_{{lower-alnum:24}}"]
miss = ["acm_{{lower-alnum:4}}"]
# The same characters, in a place that says more.
[[rule]]
id = "beta-token"
title = "Beta token"
severity = "high"
services = []
literals = ["beta = "]
pattern = '''beta = (?<secret>acm_[0-9a-z]{24})(?![0-9a-z])'''
match = ["beta = acm_{{lower-alnum:24}}"]
miss = ["beta = acm_{{lower-alnum:4}}"]
[[rule]]
id = "acme-key-file"
title = "Acme key file"
severity = "high"
services = []
literals = ["-----BEGIN ACME KEY-----"]
pattern = '''(?<secret>-----BEGIN ACME KEY-----[\\s\\S]{16,9000}?-----END ACME KEY-----)'''
reach = 10000
match = ["-----BEGIN ACME KEY-----{{base64:64}}-----END ACME KEY-----"]
miss = ["-----BEGIN ACME KEY-----"]
`;

export const rules: RuleSet = parseRules(new Map([['acme.toml', RULES]])).set;

export function token(seed: number): string {
  return fillTemplate('acm_{{lower-alnum:24}}', { literals: ['acm_'] }, seed).text;
}

/** @param length of the text between the lines that name it */
export function keyFile(seed: number, length: number): string {
  const body = fillTemplate(`{{base64:${length}}}`, { literals: [] }, seed).text;
  const lines = body.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN ACME KEY-----', ...lines, '-----END ACME KEY-----'].join('\n');
}
