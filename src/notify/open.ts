import type { Issuer } from './letter.ts';
import type { ToldKind } from './outbox.ts';
import type { Rendered, TemplateSettings } from './templates.ts';

/** The templates as mail uses them, tried on an invented incident of a kind. The template engine is loaded here. */
export async function openTemplates(
  settings: TemplateSettings,
  issuerOf: (service: string) => Issuer | undefined,
): Promise<(kind: ToldKind) => readonly Rendered[]> {
  const { loadTemplates } = await import('./templates.ts');
  const { samples } = await import('./sample.ts');
  const { sampleDigest } = await import('./digest.ts');
  const render = loadTemplates(settings, issuerOf);
  return (kind) => (kind === 'digest' ? [sampleDigest()] : samples([kind])).map(render);
}
