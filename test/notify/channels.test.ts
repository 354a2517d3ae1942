import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SetupError } from '../../src/model/index.ts';
import { channelsSchema } from '../../src/notify/channels.ts';
import { folder, notifier } from './parts.ts';

const hook = { name: 'hook', kind: 'webhook', url: 'https://hooks.example/x', 'secret-env': 'S' };
const mail = {
  name: 'mail',
  kind: 'smtp',
  host: 'mail.example',
  from: 'a@example.com',
  to: ['b@example.com'],
};
const env = { S: 'x'.repeat(32) };

describe('the [[notify]] entries', () => {
  test('defaults: every kind of notice, STARTTLS on port 587', () => {
    expect(channelsSchema.parse([mail])).toEqual([
      {
        ...mail,
        'to-owner': false,
        port: 587,
        security: 'starttls',
        internal: false,
        kinds: ['found-live', 'burned', 'needs-a-person', 'still-alive', 'overdue'],
      },
    ]);
    expect(channelsSchema.parse([])).toEqual([]);
  });

  test('all faults come at once, each with its place', () => {
    const result = channelsSchema.safeParse([
      { ...hook, 'secret-env': undefined },
      { ...hook, name: 'Not Kebab', nonsense: 1 },
      { name: 's', kind: 'slack', url: 'https://hooks.slack.example/inline' },
      { name: 's2', kind: 'slack', 'url-env': 'A', 'url-file': 'b' },
      { ...mail, name: 'm', 'user-env': 'U' },
      { ...mail, name: 'n', to: ['b@example.com\r\nBcc: c@example.com'] },
      { name: 'p', kind: 'pigeon' },
      { ...hook, name: 'k', kinds: ['everything'] },
    ]);
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([
      '0.secret-env',
      '1.name',
      '1',
      '2',
      '2.url-env',
      '3.url-file',
      '4.password-env',
      '5.to.0',
      '6.kind',
      '7.kinds.0',
    ]);
  });

  test('two channels of one name are refused: the outbox tells them apart by it', () => {
    const result = channelsSchema.safeParse([hook, { ...hook }]);
    expect(result.error?.issues[0]).toMatchObject({ path: [1, 'name'], message: 'is taken already: hook' });
  });
});

describe('starting with them', () => {
  test.each([
    ['a variable that is not set', { ...hook, 'secret-env': 'MISSING' }, 'secret-env: MISSING is not set'],
    [
      'a file that is not there',
      { ...hook, 'secret-env': undefined, 'secret-file': 'nowhere' },
      'secret-file',
    ],
    ['http to another machine', { ...hook, url: 'http://hooks.example/x' }, 'not encrypted'],
    [
      'a password in the address',
      { ...hook, url: 'https://me:password@hooks.example/' },
      'user name or password',
    ],
    ['an address that is none', { name: 's', kind: 'slack', 'url-env': 'S' }, 'not a web address'],
    ['a short secret', { ...hook, 'secret-env': 'SHORT' }, 'shorter than 24 bytes'],
    ['a short secret in base64', { ...hook, 'secret-env': 'SHORT64' }, 'shorter than 24 bytes'],
    ['mail without encryption', { ...mail, security: 'none' }, 'not be encrypted'],
  ])('%s is a clear message that quotes no secret', async (_, channel, says) => {
    const values = {
      ...env,
      SHORT: 'hunter2',
      SHORT64: `whsec_${Buffer.from('x'.repeat(23)).toString('base64')}`,
    };
    const error = await notifier([channel], { env: values }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SetupError);
    expect((error as SetupError).message).toContain(says);
    expect((error as SetupError).message).toContain(`notify ${channel.name}`);
    expect((error as SetupError).hint).toBeTruthy();
    expect(JSON.stringify([(error as SetupError).message, (error as SetupError).hint])).not.toContain(
      'hunter2',
    );
  });

  test('what the operator allows is allowed: http inside, plain mail inside or on this machine, a secret from a file', async () => {
    const base = await folder();
    await writeFile(join(base, 'secret'), `${'y'.repeat(40)}\n`);
    const inside = [
      { ...hook, url: 'http://hooks.internal/', internal: true },
      { ...hook, name: 'two', 'secret-env': undefined, 'secret-file': 'secret' },
      { ...mail, security: 'none', internal: true },
      { ...mail, name: 'here', host: 'localhost', security: 'none' },
    ];
    await expect(notifier(inside, { env, base })).resolves.toBeDefined();
    const empty = join(base, 'empty');
    await writeFile(empty, '\n');
    await expect(notifier([{ ...hook, 'secret-env': undefined, 'secret-file': empty }])).rejects.toThrow(
      'is empty',
    );
  });
});
