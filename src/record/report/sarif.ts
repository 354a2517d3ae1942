// SARIF 2.1.0 (OASIS Standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as code scanning reads it.
// The law: no snippet, for a snippet of a secret is the secret.

import type { Location, Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import { type Entry, isDead, isUsable, type Place, type Severity, type Summary } from '../../model/index.ts';
import { advice } from './advice.ts';
import { plain, plainJson } from './plain.ts';
import type { Out, Reporter, ReportOptions } from './reporter.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = '%SRCROOT%';
// More related places than this do not help a reader of alerts; the message says how many there are.
const RELATED = 50;

// Code scanning's scale, 0.0 to 10.0: https://docs.github.com/en/code-security/code-scanning (read 2026-11-20).
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

export function sarifReporter(out: Out, options: ReportOptions): Reporter {
  const rerun = options.rerun ?? 'keyburn scan';
  const rules = new Map<string, { readonly index: number; readonly rule: ReportingDescriptor }>();
  const results: Result[] = [];
  return {
    entry(entry) {
      let known = rules.get(entry.rule);
      if (known === undefined) {
        known = { index: rules.size, rule: ruleOf(entry) };
        rules.set(entry.rule, known);
      }
      results.push(resultOf(entry, known.index, rerun));
    },
    finish(summary) {
      const log: Log = {
        $schema: SCHEMA,
        version: '2.1.0',
        runs: [
          {
            tool: {
              driver: {
                name: 'keyburn',
                ...(options.version === undefined ? {} : { semanticVersion: options.version }),
                rules: [...rules.values()].map(({ rule }) => rule),
              },
            },
            // With the slash at its end it names the kind of run, not this one run.
            automationDetails: { id: options.category ?? 'keyburn/' },
            columnKind: 'utf16CodeUnits',
            originalUriBaseIds: { [ROOT]: { description: { text: 'The root of what was scanned.' } } },
            invocations: [invocationOf(summary)],
            results,
          },
        ],
      };
      out.write(`${plainJson(log)}\n`);
    },
  };
}

function ruleOf(entry: Entry): ReportingDescriptor {
  return {
    id: entry.rule,
    name: entry.rule,
    shortDescription: { text: entry.title },
    fullDescription: { text: `${entry.title} in code or history.` },
    help: {
      text: `A ${entry.title} was found. Replace it, revoke it at its issuer, then remove it from the code.`,
    },
    defaultConfiguration: { level: 'warning' },
    properties: {
      tags: ['security', 'secret', entry.severity],
      precision: 'high',
      'security-severity': SECURITY_SEVERITY[entry.severity],
    },
  };
}

function resultOf(entry: Entry, ruleIndex: number, rerun: string): Result {
  const related = entry.otherPlaces.slice(0, RELATED);
  return {
    ruleId: entry.rule,
    ruleIndex,
    level: levelOf(entry),
    message: { text: messageOf(entry, rerun) },
    locations: [locationOf(entry.place)],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((place, index) => ({ id: index + 1, ...locationOf(place) })) }),
    // Named after the secret, not the line: an alert survives every move of it. Code scanning reads the second one.
    partialFingerprints: {
      'secretFingerprint/v1': entry.id,
      primaryLocationLineHash: `${entry.id.slice(0, 16)}:1`,
    },
    properties: {
      verdict: entry.verdict.state,
      exposure: entry.exposure,
      environment: entry.environment,
      service: entry.service,
      preview: plain(entry.preview),
      act: entry.decision.act,
      outcome: entry.receipt?.outcome ?? null,
    },
  };
}

function levelOf({ verdict, receipt }: Entry): 'error' | 'warning' | 'note' {
  if (receipt !== null && 'proof' in receipt && isDead(receipt.proof)) return 'note';
  if (isUsable(verdict)) return 'error';
  return verdict.state === 'unknown' ? 'warning' : 'note';
}

function messageOf(entry: Entry, rerun: string): string {
  const { verdict, receipt, decision } = entry;
  const places = entry.otherPlaces.length;
  return [
    `${entry.title} ${entry.preview} is ${verdict.state} (${verdict.why}); exposure: ${entry.exposure}.`,
    places === 0 ? '' : `It stands in ${places} more ${places === 1 ? 'place' : 'places'}.`,
    receipt === null
      ? `Decision: ${decision.act} (${decision.because}).`
      : `${receipt.outcome}: ${receipt.note}.`,
    ...advice(entry, rerun).map((step) => `Next: ${step}.`),
  ]
    .filter((part) => part !== '')
    .map(plain)
    .join(' ');
}

function locationOf(place: Place): Location {
  const physicalLocation: PhysicalLocation = {
    artifactLocation: artifactOf(place),
    region: { startLine: place.line, startColumn: place.column, endLine: place.endLine },
  };
  if (place.commit === undefined) return { physicalLocation };
  const who = place.author === undefined ? '' : ` by ${place.author}`;
  return { physicalLocation, message: { text: plain(`commit ${place.commit}${who}`) } };
}

function artifactOf(place: Place): { uri: string; uriBaseId?: string } {
  // A commit or tag message is no file, yet code scanning takes no result without one.
  const path =
    place.kind === 'message' && place.path === '' ? `messages/${place.object ?? 'unknown'}` : place.path;
  const uri = (path === '-' ? 'stdin' : path)
    .toWellFormed()
    .replaceAll('\\', '/')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return uri.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: ROOT };
}

function invocationOf({ skipped, elapsedMs, findings, live, revoked }: Summary) {
  return {
    // Partial is not clean.
    executionSuccessful: skipped.length === 0,
    toolExecutionNotifications: skipped.map(({ path, why }) => ({
      level: 'warning' as const,
      message: { text: plain(`not read: ${path}: ${why}`) },
    })),
    properties: { elapsedMs, findings, live, revoked },
  };
}
