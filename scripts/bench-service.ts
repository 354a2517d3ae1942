// Load on the key service: checks and reports a second, how long the slowest hundredth waits, and whether its memory grows. The service
// is a process of its own, and the load comes from this one, over loopback. npm run bench:service -- --seconds 20 --minutes 3
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    minutes: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
  },
});
const [seconds, minutes, connections] = [values.seconds, values.minutes, values.connections].map(Number) as [
  number,
  number,
  number,
];
const ROOT = randomBytes(32).toString('hex');
const SECRET = randomBytes(32).toString('hex');
const agent = new Agent({ keepAlive: true, maxSockets: connections });

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function send(port: number, { method, path, headers, body }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent }, (reply) => {
      reply.resume();
      reply.once('end', () => resolve(reply.statusCode ?? 0));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

async function json(port: number, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${ROOT}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

function resident(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

// Part of the service's process: on demand it collects garbage and says what is left, which a leak shows at once. The resident size,
// before that, is also what the engine has not bothered to give back.
const REPORTER = `process.on('message', () => { gc(); process.send(process.memoryUsage()); });process.channel.unref();`;

async function memory(child: ChildProcess): Promise<string> {
  const before = Math.round(resident(child.pid ?? 0));
  child.send('memory');
  const [{ heapUsed, external }] = (await once(child, 'message')) as [NodeJS.MemoryUsage];
  const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  return `resident ${before} MB  in use ${mb(heapUsed)} MB of heap, ${mb(external)} MB beside it`;
}

/** Keeps every connection busy until the time is over. */
async function load(port: number, ms: number, make: () => Call, expected: number) {
  const times: number[] = [];
  const others = new Map<number, number>();
  const began = performance.now();
  const until = began + ms;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const call = make();
      const at = performance.now();
      const status = await send(port, call);
      times.push(performance.now() - at);
      if (status !== expected) others.set(status, (others.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const took = performance.now() - began;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  const rest = others.size === 0 ? '' : `  not ${expected}: ${JSON.stringify(Object.fromEntries(others))}`;
  return `${Math.round((times.length * 1000) / took)}/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  (${times.length} in ${(took / 1000).toFixed(1)} s)${rest}`;
}

const home = mkdtempSync(join(tmpdir(), 'keyburn-bench-'));
const bin = new URL('../bin/keyburn.js', import.meta.url).pathname;
const settings = ['[receiver.scanner]', '[receiver.anybody]', 'per-address = 100000', 'per-minute = 100000'];
writeFileSync(join(home, 'keyburn.toml'), settings.join('\n'));
const reporter = `data:text/javascript,${encodeURIComponent(REPORTER)}`;
const child = spawn(process.execPath, ['--expose-gc', '--import', reporter, bin, 'serve', '--port', '0'], {
  env: { ...process.env, KEYBURN_HOME: home, KEYBURN_ROOT_KEY: ROOT, KEYBURN_REPORT_SECRET: SECRET },
  stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
});
try {
  if (child.stdout === null) throw new Error('no standard output');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(new URL(line.toString().trim()).port);
  const keys: string[] = [];
  for (let n = 0; n < 2000; n++)
    keys.push(String((await json(port, '/v1/keys', { name: `bench ${n}` })).key));
  const hash = (key: string) => createHash('sha256').update(key).digest('hex');
  let turn = 0;
  const any = () => keys[turn++ % keys.length] ?? '';
  const type = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Call => {
    const text = JSON.stringify(body);
    return {
      method: 'POST',
      path,
      headers: { ...type, 'content-length': String(Buffer.byteLength(text)), ...headers },
      body: text,
    };
  };
  const signed = (count: number): Call => {
    const reports = Array.from({ length: count }, () => ({
      // Half of them ours; each in a place of its own, so that each is new work.
      sha256: turn % 2 === 0 ? hash(any()) : hash(String(turn++)),
      foundAt: { url: `https://git.example/acme/${turn}` },
      foundTime: new Date().toISOString(),
    }));
    const call = post('/v1/leaks/keyburn', { reports });
    const [id, at] = [`msg_${turn}`, String(Math.floor(Date.now() / 1000))];
    const mac = createHmac('sha256', SECRET).update(`${id}.${at}.${call.body}`).digest('base64');
    const webhook = { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${mac}` };
    return { ...call, headers: { ...call.headers, ...webhook } };
  };
  const modes: readonly [string, () => Call, number][] = [
    [
      'GET /v1/whoami, live keys',
      () => ({ method: 'GET', path: '/v1/whoami', headers: { 'x-api-key': any() } }),
      200,
    ],
    ['POST /v1/check, by hash', () => post('/v1/check', { sha256: hash(any()) }), 200],
    ['POST /v1/leaks/keyburn, one key a report', () => signed(1), 200],
    ['POST /v1/leaks/keyburn, 100 keys a report', () => signed(100), 200],
    ['POST /v1/leaks/found', () => post('/v1/leaks/found', { key: `acme_${turn++}` }), 202],
  ];
  const { model = 'unknown', length } = { model: cpus()[0]?.model, length: cpus().length };
  process.stdout.write(`${length} x ${model}, Node ${process.version}, ${connections} connections\n`);
  for (const [name, make, status] of modes)
    process.stdout.write(`${name.padEnd(44)}${await load(port, seconds * 1000, make, status)}\n`);
  const mixed = () => (turn % 10 === 0 ? signed(1) : post('/v1/check', { sha256: hash(any()) }));
  process.stdout.write(`memory under a mix of checks and reports, ${minutes} min:\n`);
  for (let half = 0; half <= minutes * 2; half++) {
    process.stdout.write(`  ${(half / 2).toFixed(1)} min  ${await memory(child)}\n`);
    if (half < minutes * 2) await load(port, 30_000, mixed, 200);
  }
  process.stdout.write(`queue: ${JSON.stringify(await json(port, '/v1/leaks'))}\n`);
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  agent.destroy();
  rmSync(home, { recursive: true, force: true });
}
