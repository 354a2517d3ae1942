import { findingLine, summaryLine } from './lines.ts';
import { plainJson } from './plain.ts';
import type { Out, Reporter } from './reporter.ts';

/** One object a line, as they come; the last one is the summary. */
export function jsonlReporter(out: Out): Reporter {
  return {
    entry: (entry) => out.write(`${plainJson(findingLine(entry))}\n`),
    finish: (summary) => out.write(`${plainJson(summaryLine(summary))}\n`),
  };
}

/** One object with `findings` and `summary`, written as it grows. */
export function jsonReporter(out: Out): Reporter {
  let before = '{"findings":[\n';
  return {
    entry(entry) {
      out.write(`${before}${plainJson(findingLine(entry))}`);
      before = ',\n';
    },
    finish(summary) {
      const opened = before === ',\n';
      out.write(`${opened ? '\n' : '{"findings":['}],"summary":${plainJson(summaryLine(summary))}}\n`);
    },
  };
}
