import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SetupError } from '../../src/model/index.ts';
import { NOTICE_KINDS } from '../../src/notify/index.ts';
import { noticeOf } from '../../src/notify/notice.ts';
import { samples } from '../../src/notify/sample.ts';
import { LANGUAGES, loadTemplates } from '../../src/notify/templates.ts';
import { folder, incident, notifier, START } from './parts.ts';
import { smtpServer } from './smtp-server.ts';

const issuerOf = () => ({ name: 'Acme <platform>', docs: 'https://acme.example/keys?a=1&b=2' });
const at = new Date(START);

async function own(files: Readonly<Record<string, string>>, language = 'en'): Promise<string> {
  const home = await folder();
  await mkdir(join(home, language));
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, language, name), text);
  return home;
}

describe('our own templates', () => {
  const languages: readonly (readonly [string, readonly string[]])[] = [
    [
      'en',
      [
        'Nobody can use it any more',
        'Dead since     20 November 2026, 11:59 UTC',
        'HOW TO GET A NEW KEY',
        'Make a new key with Acme',
      ],
    ],
    [
      'de',
      [
        'Niemand kann ihn mehr benutzen',
        'Tot seit       20.11.2026, 11:59 UTC',
        'SO BEKOMMST DU EINEN NEUEN',
        'Erzeuge einen neuen Schlüssel bei Acme',
      ],
    ],
  ];
  test.each(languages)(
    'say what happened, since when it is dead, where, and what to do: %s',
    (language, says) => {
      const { subject, text, html } = loadTemplates(
        { language },
        issuerOf,
      )(noticeOf(incident(), 'burned', at));
      for (const words of says) expect(text).toContain(words);
      for (const made of [text, html]) {
        expect(made).toContain('src/config.py');
        expect(made).toContain('0123456789ab');
        expect(made).toContain('https://git.example/acme/shop/blob/0123456/src/config.py#L12');
        expect(made).toContain('https://acme.example/keys?a=1&');
        expect(made).toContain('git filter-repo --sensitive-data-removal --invert-paths --path');
        expect(made).toContain('keyburn incidents show aaaaaaaaaaaa');
        // Nothing of the machine that scanned.
        expect(made).not.toContain('/home/ada');
        expect(made).not.toContain('ada@example.com');
      }
      expect(subject).toContain('Acme API key acm_…a1B2 in config.py');
      expect(text).not.toMatch(/\n{4}|[ \t]\n|\{[{%]/);
    },
  );

  test.each(LANGUAGES)('have words of their own for every kind: %s', (language) => {
    const render = loadTemplates({ language }, issuerOf);
    const made = samples().map(render);
    for (const part of ['subject', 'text', 'html'] as const)
      expect(new Set(made.map((one) => one[part])).size).toBe(NOTICE_KINDS.length);
    const manual = made[NOTICE_KINDS.indexOf('needs-a-person')];
    expect(manual?.text).toContain('- Open Settings, then API keys.');
    expect(manual?.text).toContain('keyburn incidents approve 5a5a5a5a5a5a');
  });

  test('a stranger’s word changes no tag of the HTML, and no line of the text', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x>',
        "'; rm -rf ~ #",
        '{{ 1 | raw }}{% if %}',
        'a\r\nBcc: x@example.com',
        '\u202e\ud800',
      ),
    );
    const render = loadTemplates({ language: 'en' }, issuerOf);
    const tags = (text: string) => [...text.matchAll(/<(\/?[a-z0-9!]+)/gi)].map((match) => match[1]);
    const { place } = incident();
    const tame = render(noticeOf(incident(), 'burned', at));
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, author, because) => {
        const wild = render(
          noticeOf(
            incident({
              title: author,
              place: { ...place, path: `a${path}`, author: `a${author}` },
              decision: { act: 'burn', because },
            }),
            'burned',
            at,
          ),
        );
        expect(tags(wild.html)).toEqual(tags(tame.html));
        expect(wild.text.split(/[\r\n\u0085\u2028\u2029]/)).toHaveLength(tame.text.split('\n').length);
        expect(wild.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  test('a path is one word of the command that a person copies', () => {
    const render = loadTemplates({ language: 'en' }, issuerOf);
    const { place } = incident();
    const { text } = render(
      noticeOf(incident({ place: { ...place, path: "it's; rm -rf ~" } }), 'burned', at),
    );
    expect(text).toContain(`--path 'it'\\''s; rm -rf ~'\n`);
  });
});

describe('templates of an operator', () => {
  test('take the place of ours, file by file, and may share parts', async () => {
    const home = await own({
      'text.liquid': "{% render '_head', key: key %} {{ kind }} at {{ issuer.name }}",
      '_head.liquid': 'Hey! {{ key.preview }}',
    });
    const made = loadTemplates(
      { folder: home, language: 'en' },
      issuerOf,
    )(noticeOf(incident(), 'burned', at));
    expect(made.text).toBe('Hey! acm_…a1B2 burned at Acme <platform>\n');
    expect(made.subject).toContain('Leaked and burned');
    expect(made.html).toContain('Acme &lt;platform&gt;');
  });

  test('bring a language of their own, whole', async () => {
    const whole = { 'subject.liquid': 'Fuite', 'text.liquid': 'Bonjour', 'html.liquid': '<p>Bonjour</p>' };
    const home = await own(whole, 'fr');
    expect(
      loadTemplates({ folder: home, language: 'fr' }, issuerOf)(noticeOf(incident(), 'burned', at)),
    ).toEqual({
      subject: 'Fuite',
      text: 'Bonjour\n',
      html: '<p>Bonjour</p>\n',
    });
    const part = await own({ 'subject.liquid': 'Fuite' }, 'fr');
    expect(() => loadTemplates({ folder: part, language: 'fr' }, issuerOf)).toThrow(
      /fr: text\.liquid is missing/,
    );
    expect(() => loadTemplates({ language: 'fr' }, issuerOf)).toThrow(/no templates for the language fr/);
    expect(() => loadTemplates({ folder: home, language: 'en' }, issuerOf)).toThrow(/en: no such folder/);
  });

  const broken: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    [
      'an unknown name',
      { 'text.liquid': 'a\n\n  {{ key.titel }}' },
      /en\/text\.liquid:3:\d+: undefined variable: key\.titel$/,
    ],
    [
      'an unknown filter',
      { 'html.liquid': 'a\n{{ key.title | shout }}' },
      /en\/html\.liquid:2:1: undefined filter: shout$/,
    ],
    [
      'a tag that is not closed',
      { 'text.liquid': 'a\n{% if kind %}b' },
      /en\/text\.liquid:2:1: tag .* not closed/,
    ],
    [
      'a fault in a part',
      { 'text.liquid': "{% render '_x' %}", '_x.liquid': 'a\n{{ | }}' },
      /en\/_x\.liquid:2:/,
    ],
    [
      'a branch that is seldom taken',
      { 'text.liquid': "{% if kind == 'still-alive' %}\n{{ nothing }}{% endif %}" },
      /en\/text\.liquid:2:/,
    ],
    ['raw HTML of strangers', { 'html.liquid': '{{ place.path | raw }}' }, /undefined filter: raw/],
    ['a file of the machine', { 'text.liquid': "{% render '../../../etc/passwd' %}" }, /en\/text\.liquid:1:/],
    [
      'include, which sees everything',
      { 'text.liquid': "{% include '_x' %}", '_x.liquid': '' },
      /tag "include" not found/,
    ],
    ['a file that nobody uses', { 'txt.liquid': 'a' }, /en\/txt\.liquid: no template is called that/],
    [
      'no end',
      { 'text.liquid': '{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}' },
      /limit exceeded/,
    ],
    [
      'a part in itself',
      { 'text.liquid': "{% render '_x' %}", '_x.liquid': "{% render '_x' %}" },
      /en\/_x\.liquid|en\/text\.liquid/,
    ],
    [
      'a flood',
      { 'text.liquid': `{% for a in (1..9999) %}${'x'.repeat(200)}{% endfor %}` },
      /writes more than 256 kB/,
    ],
    [
      'a growing word',
      { 'text.liquid': `{% assign s = 'xxxxxxxxxxxxxxxx' %}${'{% assign s = s | append: s %}'.repeat(40)}` },
      /limit exceeded/,
    ],
  ];
  test.each(broken)('say file and line where they are broken: %s', async (_name, files, message) => {
    const home = await own(files);
    const load = () => loadTemplates({ folder: home, language: 'en' }, issuerOf);
    expect(load).toThrow(SetupError);
    expect(load).toThrow(message);
  });

  test('see no further than the words of one incident', async () => {
    const names = ['constructor', '__proto__', 'toString', 'process', 'globalThis', 'env'];
    for (const name of names) {
      const home = await own({ 'text.liquid': `{{ ${name} }}{{ key.${name} }}{{ kind.${name} }}` });
      expect(() => loadTemplates({ folder: home, language: 'en' }, issuerOf), name).toThrow(
        /undefined variable/,
      );
    }
    const home = await own({});
    await writeFile(join(home, 'secret'), 'do not read');
    await symlink(join(home, 'secret'), join(home, 'en', 'text.liquid'));
    expect(() => loadTemplates({ folder: home, language: 'en' }, issuerOf)).toThrow(/a template is a file/);
  });

  test('are judged before anything is sent, and send both parts', async () => {
    const server = await smtpServer();
    const channel = {
      name: 'mail',
      kind: 'smtp',
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      from: 'keyburn@example.com',
      to: ['ada@example.com'],
    };
    const bad = await own({ 'text.liquid': '{{ nothing }}' });
    await expect(notifier([channel], { templates: { folder: bad, language: 'en' } })).rejects.toThrow(
      SetupError,
    );
    const good = await own({
      'text.liquid': 'plain words',
      'html.liquid': '<p>marked words</p>',
      'subject.liquid': 'Bad\r\nBcc: x@example.com',
    });
    const { enqueue, flush } = await notifier([channel], { templates: { folder: good, language: 'en' } });
    await enqueue(incident(), 'burned');
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    const data = server.mails[0]?.data ?? '';
    expect(data).toMatch(/^Subject: \[keyburn\] Bad Bcc: x@example\.com\r$/m);
    expect(data).toContain('plain words');
    expect(data).toContain('<p>marked words</p>');
  });

  test('one that fails on a real incident alone is kept and said, and no other text goes out', async () => {
    const server = await smtpServer();
    const home = await own({ 'text.liquid': "{% if key.rule == 'acme-key' %}\n{{ nothing }}{% endif %}" });
    const channel = {
      name: 'mail',
      kind: 'smtp',
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      from: 'a@example.com',
      to: ['b@example.com'],
    };
    const { enqueue, flush } = await notifier([channel], { templates: { folder: home, language: 'en' } });
    await enqueue(incident(), 'burned');
    const { sent, kept } = await flush();
    expect(sent).toBe(0);
    expect(kept[0]?.why).toMatch(/en\/text\.liquid:2:\d+: undefined variable: nothing$/);
    expect(server.mails).toEqual([]);
  });
});
