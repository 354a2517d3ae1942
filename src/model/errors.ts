/**
 * A broken set-up: one clear message that names file, field and remedy. The front doors print it without a stack and
 * end with exit code 2. Expected failures (an issuer that does not answer) are values, not errors.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  /** What to do about it; printed as `hint: …`. */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}
