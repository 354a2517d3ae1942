import type { Issuer } from './letter.ts';
import type { NoticeKind } from './outbox.ts';
import type { Rendered, TemplateSettings } from './templates.ts';

/** The templates as mail uses them, tried on an invented incident of a kind. The template engine is loaded here. */
export async function openTemplates(
  settings: TemplateSettings,
  issuerOf: (service: string) => Issuer | undefined,
): Promise<(kind: NoticeKind) => readonly Rendered[]> {
  const { loadTemplates } = await import('./templates.ts');
  const { samples } = await import('./sample.ts');
  const render = loadTemplates(settings, issuerOf);
  return (kind) => samples([kind]).map(render);
}
