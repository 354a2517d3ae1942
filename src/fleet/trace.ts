// Spans for whoever brings an OpenTelemetry SDK; without one they cost nothing. The law: names and counts, never what was found.

import { SpanStatusCode, trace } from '@opentelemetry/api';

export function inSpan<T>(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  work: () => Promise<T>,
): Promise<T> {
  return trace.getTracer('keyburn').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'failed' });
      throw error;
    } finally {
      span.end();
    }
  });
}
