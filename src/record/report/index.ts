import { htmlReporter } from './html.ts';
import { jsonlReporter, jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import type { Out, Reporter, ReportOptions } from './reporter.ts';
import { sarifReporter } from './sarif.ts';
import { textReporter } from './text.ts';
import { urgentFirst } from './urgent-first.ts';

export { advice, SHORT } from './advice.ts';
export * as parts from './html-parts.ts';
export { plain } from './plain.ts';
export type { Out, Reporter, ReportOptions };

export const FORMATS = ['text', 'json', 'jsonl', 'sarif', 'junit', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export function createReporter(format: Format, out: Out, options: ReportOptions): Reporter {
  switch (format) {
    case 'text':
      return options.streaming === true
        ? textReporter(out, options)
        : urgentFirst(textReporter(out, options));
    case 'json':
      return jsonReporter(out);
    case 'jsonl':
      return jsonlReporter(out);
    case 'sarif':
      return sarifReporter(out, options);
    case 'junit':
      return junitReporter(out, options);
    case 'html':
      return urgentFirst(htmlReporter(out, options));
  }
}
