import { expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/file.ts';

it('takes what an empty keyburn.toml says where there is none', () => {
  expect(defaultSettings).toEqual(parseConfig('', 'keyburn.toml'));
});
