// Law 5: intent before, proof after. Killed at any moment, the next run finishes the work: never lost, never doubled in effect.
import { afterEach, describe, expect, it } from 'vitest';
import { type Stage, setStage } from './stage.ts';

let stage: Stage | undefined;
afterEach(() => stage?.close());

type Moment = { readonly name: string; readonly on: RegExp; readonly forwarded: boolean };

// The requests of an armed run, in their order; before: the issuer has not acted yet; after: it has, and nobody heard of it.
const MOMENTS: readonly Moment[] = [
  { name: 'while the first check is asked', on: /\/(?:whoami|check)$/, forwarded: false },
  { name: 'after intent, before the issuer hears of containing', on: /\/disable$/, forwarded: false },
  { name: 'after the issuer contained, before its answer', on: /\/disable$/, forwarded: true },
  { name: 'after intent, before the issuer hears of revoking', on: /\/revoke$/, forwarded: false },
  { name: 'after the issuer revoked, before its answer', on: /\/revoke$/, forwarded: true },
];

function killAt(stage: Stage, moment: Moment): void {
  let killed = false;
  stage.meddle = async (request, response, forward) => {
    if (killed || !moment.on.test(request.url ?? '')) return forward();
    killed = true;
    if (moment.forwarded) await forward();
    stage.running?.kill('SIGKILL');
    response.destroy();
  };
}

describe('SIGKILL between intent and receipt', () => {
  it.each(MOMENTS)('$name', { timeout: 120_000 }, async (moment) => {
    stage = await setStage();
    killAt(stage, moment);
    const first = await stage.run(['scan', stage.repository, '--revoke']);
    expect(first.signal, first.stderr).toBe('SIGKILL');

    const second = await stage.run(['scan', stage.repository, '--revoke', '--format', 'jsonl']);
    expect(second.signal).toBe(null);
    const now = await stage.whoami();
    expect(now.status).toBe(401);
    expect(JSON.parse(now.body)).toMatchObject({ code: 'revoked_key' });

    const list = await stage.run(['incidents', 'list', '--format', 'jsonl']);
    const incidents = list.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { state: string });
    expect(incidents.map((incident) => incident.state)).toEqual(['closed']);

    expect(new Set(stage.told.map((one) => one.id)).size, 'the owner is told once').toBe(1);
    const third = await stage.run(['scan', stage.repository, '--revoke']);
    expect(third.code).not.toBe(3);
    expect(stage.told.length, 'a later run tells nobody again').toBe(1);
  });

  it('finishes from another target, reading the key again from where it was found', {
    timeout: 120_000,
  }, async () => {
    stage = await setStage();
    killAt(stage, { name: '', on: /\/revoke$/, forwarded: false });
    expect((await stage.run(['scan', stage.repository, '--revoke'])).signal).toBe('SIGKILL');
    await stage.run(['scan', stage.home, '--no-history', '--revoke']);
    expect(JSON.parse((await stage.whoami()).body)).toMatchObject({ code: 'revoked_key' });
  });
});
