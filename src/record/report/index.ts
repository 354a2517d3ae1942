import { SetupError } from '../../model/index.ts';
import { jsonlReporter, jsonReporter } from './json.ts';
import type { Out, Reporter, ReportOptions } from './reporter.ts';
import { textReporter } from './text.ts';

export { findingLineSchema, reportSchema, summaryLineSchema } from './lines.ts';
export type { Out, Reporter, ReportOptions };

export const FORMATS = ['text', 'json', 'jsonl', 'sarif', 'junit', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export function createReporter(format: Format, out: Out, options: ReportOptions): Reporter {
  switch (format) {
    case 'text':
      return textReporter(out, options);
    case 'json':
      return jsonReporter(out);
    case 'jsonl':
      return jsonlReporter(out);
    case 'sarif':
    case 'junit':
    case 'html':
      throw new SetupError(`--format ${format}: not yet`, { hint: 'text, json and jsonl are there' });
  }
}
