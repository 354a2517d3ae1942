import { z } from '@hono/zod-openapi';
import { scrub } from './keys.ts';
import { REASONS } from './record.ts';

/** Free text of a caller: bounded, without control characters, and without any key that slipped into it. */
function line(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .overwrite((text) => scrub(text.replace(/\p{Cc}/gu, ' ').trim()));
}

/** Text that only decorates: what is too long is cut, because a burn must not fail for the length of a path. */
function decoration(most: number) {
  return z.string().overwrite((text) =>
    scrub(text.replace(/\p{Cc}/gu, ' ').trim())
      .slice(0, most)
      .toWellFormed(),
  );
}

/** A web address as a report names it: http or https; user name and password are dropped. */
export const addressSchema = z
  .url({ protocol: /^https?$/ })
  .max(16_384)
  .overwrite((text) => {
    // zod tidies up what it has found wrong, too.
    const url = URL.parse(text);
    if (!url) return text;
    url.username = '';
    url.password = '';
    return scrub(url.href);
  });

export const timeSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is no time')
  .overwrite((text) => {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? text : at.toISOString();
  })
  .openapi({ example: '2026-11-20T23:57:00.000Z' });

const id = z.string().regex(/^key_[0-9A-Za-z]{20}$/);

export const foundAtSchema = z
  .strictObject({
    url: addressSchema.optional(),
    repository: decoration(512).optional(),
    path: decoration(1024).optional(),
    commit: z
      .string()
      .regex(/^[0-9a-f]{7,64}$/)
      .optional(),
    line: z.int().nonnegative().optional(),
    exposure: z
      .enum(['public', 'internal', 'private', 'local', 'unknown'])
      .optional()
      .openapi({ description: 'Who could read the key there; public where it is not said.' }),
  })
  .openapi('FoundAt');

const causeFields = {
  foundAt: foundAtSchema.optional(),
  foundTime: timeSchema.optional(),
  note: decoration(500).optional().openapi({ description: 'For the operator; never part of a 401.' }),
};

/** Body of revoke and revoke-self. */
export const stopSchema = z.strictObject({ cause: z.enum(REASONS), ...causeFields }).openapi('Stop');
/** Body of disable: everything may be left out. */
export const disableSchema = z
  .strictObject({ cause: z.enum(REASONS).default('other'), ...causeFields })
  .openapi('Disable');

export const createSchema = z
  .strictObject({
    name: line(200),
    owner: line(200).optional(),
    environment: z.enum(['live', 'test']).default('live'),
    expiresAt: timeSchema.optional(),
    scopes: z
      .array(z.string().regex(/^[a-z][a-z0-9_-]{0,63}(:[a-z][a-z0-9_-]{0,63})?$/))
      .max(50)
      .default([])
      .openapi({ example: ['reports:read'] }),
  })
  .openapi('NewKey');

export const createdSchema = z
  .object({
    keyId: id,
    key: z.string().openapi({ description: 'Shown this once; only its hash is kept.' }),
    preview: z.string(),
    environment: z.enum(['live', 'test']),
    createdAt: timeSchema,
    expiresAt: timeSchema.nullable(),
  })
  .openapi('CreatedKey');

const causeSchema = z
  .object({
    reason: z.enum(REASONS),
    foundAt: foundAtSchema.optional(),
    foundTime: z.string().optional(),
    note: z.string().optional(),
  })
  .openapi('StopCause');

const stoppedSchema = z.object({ at: z.string(), by: z.string(), cause: causeSchema }).openapi('Stopped');
const stateSchema = z.enum(['live', 'expired', 'disabled', 'revoked']);

const keySchema = z
  .object({
    keyId: id,
    state: stateSchema,
    preview: z.string(),
    name: z.string(),
    owner: z.string().nullable(),
    environment: z.enum(['live', 'test']),
    scopes: z.array(z.string()),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
    disabled: stoppedSchema.nullable(),
    revoked: stoppedSchema.nullable(),
  })
  .openapi('Key');

export const keyWithHistorySchema = keySchema
  .extend({
    history: z.array(
      z.object({ at: z.string(), what: z.string(), by: z.string(), cause: causeSchema.nullable() }),
    ),
  })
  .openapi('KeyWithHistory');

export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: id.optional().openapi({ description: '`nextCursor` of the page before.' }),
});
export const pageSchema = z
  .object({ keys: z.array(keySchema), nextCursor: id.nullable() })
  .openapi('KeyPage');

export const idParamSchema = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) });

export const checkSchema = z
  .union([
    z.strictObject({ key: z.string().min(1).max(512) }),
    z.strictObject({
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/)
        .openapi({
          description: "SHA-256 of the key's UTF-8 bytes, in hex: the key itself stays where it is.",
        }),
    }),
  ])
  .openapi('CheckRequest');

/** The check that is open to everybody. */
export const checkByHashSchema = z
  .strictObject({ sha256: z.string().regex(/^[0-9a-fA-F]{64}$/) })
  .openapi('CheckByHash');
export const stateOnlySchema = z
  .object({
    state: z.enum(['live', 'expired', 'disabled', 'revoked', 'unknown']),
    environment: z.enum(['live', 'test']).optional(),
  })
  .openapi('StateOnly');

export const ownerSchema = z
  .object({ keyId: id, owner: z.string().nullable(), name: z.string() })
  .openapi('Owner');
export const usageSchema = z
  .object({ keyId: id, createdAt: z.string(), lastUsedAt: z.string().nullable() })
  .openapi('Usage');

export const checkedSchema = z
  .object({
    valid: z.boolean(),
    state: z.enum(['live', 'expired', 'disabled', 'revoked', 'unknown', 'malformed']),
    keyId: id.optional(),
    name: z.string().optional(),
    environment: z.enum(['live', 'test']).optional(),
    owner: z.string().nullable().optional(),
    lastUsedAt: z.string().nullable().optional(),
    expiresAt: z.string().nullable().optional(),
    revoked: stoppedSchema.nullable().optional(),
    disabled: stoppedSchema.nullable().optional(),
  })
  .openapi('Checked');

export const changedSchema = z
  .object({
    keyId: id,
    state: stateSchema,
    changed: z.boolean().openapi({ description: 'False where it was so already: orders may be repeated.' }),
    revokedAt: z.string().nullable(),
  })
  .openapi('Changed');

export const whoamiSchema = z
  .object({
    keyId: id,
    name: z.string(),
    environment: z.enum(['live', 'test']),
    owner: z.string().nullable(),
    scopes: z.array(z.string()),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable().openapi({ description: 'The use before this one.' }),
  })
  .openapi('WhoAmI');

export const reportsSchema = z
  .object({
    reports: z.array(
      z.object({
        keyId: id,
        preview: z.string(),
        name: z.string(),
        reason: z.enum(REASONS),
        revokedAt: z.string(),
        revokedBy: z.string(),
      }),
    ),
  })
  .openapi('Reports');
