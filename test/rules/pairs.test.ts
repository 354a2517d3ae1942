// A key of two halves is asked about only where both are found. However a file assigns them, they belong together.
import { beforeAll, expect, test } from 'vitest';
import {
  builtInRules,
  createDetector,
  type Detector,
  fillTemplate,
  loadRules,
  wholeText,
} from '../../src/detect/index.ts';

let detector: Detector;
beforeAll(async () => {
  detector = createDetector(await loadRules([builtInRules]));
});

const KEY = '{{base64:36}}7aB9';
const PAIRS = [
  ['aws-access-key', 'AKIA{{base32:16}}', { secretKey: KEY }],
  ['aws-sts-key', 'ASIA{{base32:16}}', { secretKey: KEY, sessionToken: 'IQoJ{{base64:400}}' }],
  ['gcs-hmac-key', 'GOOG1E{{upper-alnum:57}}', { secretKey: KEY }],
] as const;
const WRITINGS: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}=${value}`,
  (name, value) => `${name}="${value}"`,
  (name, value) => `${name} = ${value}`,
  (name, value) => `  ${name}: '${value}',`,
  (name, value) => `"${name}":"${value}",`,
  (name, value) => `export ${name}=${value};`,
];

test.each(PAIRS)('%s: its other halves are found beside it', (rule, id, parts) => {
  for (const write of WRITINGS) {
    const lines = Object.entries({ keyId: id, ...parts }).map(([name, value]) => write(name, value));
    const { text } = fillTemplate(`${lines.join('\n')}\n`, { literals: [id.slice(0, 4)] }, 1);
    const bytes = Buffer.from(text);
    const { findings } = detector.look(wholeText(bytes));
    const found = findings.find((one) => one.rule.id === rule);
    expect(Object.keys(found?.parts ?? {}).sort(), write('NAME', 'VALUE')).toEqual(Object.keys(parts).sort());
  }
});
