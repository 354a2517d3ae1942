// Joins the leak receiver to the issuers whose keys it may burn.
export { type ServiceIssuerOptions, serviceIssuer } from './by-service.ts';
export { type ConnectParts, issuersOf, reporters } from './connect.ts';
export { type Pepper, type PostgresOptions, postgresIssuer } from './postgres.ts';
export { type Acceptable, receiverSettings } from './settings.ts';
export { createTeller, type Teller, type TellOptions } from './tell.ts';
export { type WebhookOptions, webhookIssuer } from './webhook.ts';
