import { base, noticeTemplates } from '../../equip/index.ts';
import { openTemplates, type ToldKind } from '../../notify/index.ts';
import type { Io } from '../io.ts';

/** Shows what mail says, on an invented incident: for whoever edits its templates. */
export async function showNotice(
  io: Io,
  options: {
    readonly kind: ToldKind;
    readonly part: 'subject' | 'text' | 'html';
    readonly language?: string;
    readonly config?: string;
  },
): Promise<number> {
  const made = await base(io, options);
  const settings = noticeTemplates(made.config);
  const show = await openTemplates(
    options.language === undefined ? settings : { ...settings, language: options.language },
    (id) => made.services.get(id),
  );
  for (const rendered of show(options.kind)) io.stdout.write(`${rendered[options.part].trimEnd()}\n`);
  return 0;
}
