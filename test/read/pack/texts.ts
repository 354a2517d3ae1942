// Texts and their histories, from a seed: the same seed gives the same bytes.

/** A small generator of numbers (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const WORDS = [
  'alpha',
  'key',
  'beta',
  'some',
  'thing',
  'BEGIN',
  'über',
  'x',
  'return',
  'const',
  '鍵',
  'value',
];

export function words(roll: (below: number) => number, count: number): string {
  let text = '';
  for (let i = 0; i < count; i++) {
    // BEGIN is rare, as far anchors are.
    let word = WORDS[roll(WORDS.length)] ?? '';
    if (word === 'BEGIN' && roll(20) > 0) word = roll(1e9).toString(36);
    text += word + (roll(9) === 0 ? '\n' : ' ');
  }
  return text;
}

/** Another version: a few edits of every kind. */
export function edit(roll: (below: number) => number, before: Buffer): Buffer {
  let text = before;
  for (let edits = 1 + roll(3); edits > 0; edits--) {
    const at = roll(text.length + 1);
    const length = roll(Math.min(roll(4) === 0 ? 20_000 : 200, text.length - at) + 1);
    const piece = text.subarray(at, at + length);
    const head = text.subarray(0, at);
    const tail = text.subarray(at + length);
    switch (roll(6)) {
      case 0:
        text = Buffer.concat([head, tail]);
        break;
      case 1:
        text = Buffer.concat([head, Buffer.from(words(roll, 1 + roll(30))), tail]);
        break;
      case 2:
        text = Buffer.concat([head, piece, piece, tail]);
        break;
      case 3:
        text = Buffer.concat([piece, head, tail]);
        break;
      case 4:
        text = Buffer.concat([head, tail, piece]);
        break;
      default:
        text = Buffer.concat([head, Buffer.from('~'), tail]);
    }
  }
  return text;
}

/** Versions of one file, each an edit of an earlier one. */
export function versions(roll: (below: number) => number, count: number, length: number): Buffer[] {
  const made: Buffer[] = [Buffer.from(words(roll, length))];
  while (made.length < count) {
    const parent = made[Math.max(0, made.length - 1 - roll(3))] ?? Buffer.alloc(0);
    made.push(edit(roll, parent));
  }
  return made;
}
