import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObjectParser } from '../../src/read/objects.ts';

const object = fc.oneof(
  fc.record({
    type: fc.constantFrom('blob', 'commit', 'tag', 'tree'),
    content: fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('\n', '\n\n', 'x missing\n', 'x'.repeat(300)),
    ),
  }),
  fc.constant('missing' as const),
);

test('what cat-file prints is read the same however it is cut', () => {
  fc.assert(
    fc.property(
      fc.array(object),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
      (objects, sizes) => {
        const printed: Buffer[] = [];
        const expected: string[] = [];
        for (const [index, one] of objects.entries()) {
          const oid = String(index).padStart(40, '0');
          if (one === 'missing') {
            printed.push(Buffer.from(`${oid} missing\n`));
            expected.push(`${oid} missing`);
            continue;
          }
          const content = Buffer.from(one.content);
          printed.push(Buffer.from(`${oid} ${one.type} ${content.length}\n`), content, Buffer.from('\n'));
          expected.push(`${oid} ${one.type} ${content.length} ${one.content}`);
        }
        const heard: string[] = [];
        const parser = new ObjectParser({
          whole: ({ oid, type, size }, content) => {
            heard.push(`${oid} ${type} ${size} ${Buffer.from(content).toString()}`);
          },
          begin: ({ oid, type, size }) => {
            const pieces: Buffer[] = [];
            return {
              piece: (bytes) => {
                pieces.push(Buffer.from(bytes));
              },
              end: () => {
                heard.push(`${oid} ${type} ${size} ${Buffer.concat(pieces).toString()}`);
              },
            };
          },
          missing: (oid) => {
            heard.push(`${oid} missing`);
          },
        });
        const all = Buffer.concat(printed);
        for (let at = 0, index = 0; at < all.length; index++) {
          const size = sizes[index % sizes.length] ?? 1;
          parser.push(all.subarray(at, at + size));
          at += size;
        }
        expect(heard).toEqual(expected);
        expect(parser.count).toBe(objects.length);
      },
    ),
  );
});
