// The issuers. One file each, one line here, and their recorded replies in test/services/replies.
import { agnes } from './agnes.ts';
import { anthropic } from './anthropic.ts';
import { aws } from './aws.ts';
import { buildkite } from './buildkite.ts';
import { cloudflare } from './cloudflare.ts';
import { digitalocean } from './digitalocean.ts';
import { discordWebhook } from './discord-webhook.ts';
import { doppler } from './doppler.ts';
import { dropbox } from './dropbox.ts';
import { fastly } from './fastly.ts';
import { operatorServices } from './generic.ts';
import { github } from './github.ts';
import { gitlab, gitlabRunner } from './gitlab.ts';
import { googleOauth } from './google-oauth.ts';
import { heroku } from './heroku.ts';
import { hubspotRefresh } from './hubspot-refresh.ts';
import { huggingface } from './huggingface.ts';
import { keyburn } from './keyburn.ts';
import { launchdarkly } from './launchdarkly.ts';
import { line } from './line.ts';
import { mapbox } from './mapbox.ts';
import { npm } from './npm.ts';
import { okta } from './okta.ts';
import { openai } from './openai.ts';
import { perplexity } from './perplexity.ts';
import { posthog } from './posthog.ts';
import { postman } from './postman.ts';
import { sendgrid } from './sendgrid.ts';
import { sentry } from './sentry.ts';
import type { Service } from './service.ts';
import { shopify } from './shopify.ts';
import { slack, slackBot } from './slack.ts';
import { strava } from './strava.ts';
import { tailscale } from './tailscale.ts';
import { twitch } from './twitch.ts';
import { unkey } from './unkey.ts';
import { vault } from './vault.ts';
import { vercel } from './vercel.ts';
import { warp } from './warp.ts';

export { mayAsk, namedHosts } from './address.ts';
export { agnes } from './agnes.ts';
export { controlKey } from './control.ts';
export { explain } from './explain.ts';
export { operatorServices } from './generic.ts';
export { github } from './github.ts';
export { parseHttpResponse } from './http-response.ts';
export { keyburn } from './keyburn.ts';
export { type OperatorService, operatorServiceSchema } from './operator-schema.ts';
export type * from './service.ts';

export { unkey } from './unkey.ts';
export { warp } from './warp.ts';

// biome-ignore format: one issuer, one line.
export const services: readonly Service[] = [
  agnes(),
  anthropic(),
  aws(),
  buildkite(),
  cloudflare(),
  digitalocean(),
  discordWebhook(),
  doppler(),
  dropbox(),
  fastly(),
  github(),
  gitlab(),
  gitlabRunner(),
  googleOauth(),
  heroku(),
  hubspotRefresh(),
  huggingface(),
  keyburn(),
  launchdarkly(),
  line(),
  mapbox(),
  npm(),
  okta(),
  openai(),
  perplexity(),
  posthog(),
  postman(),
  sendgrid(),
  sentry(),
  shopify(),
  slack(),
  slackBot(),
  strava(),
  tailscale(),
  twitch(),
  unkey(),
  vault(),
  vercel(),
  warp(),
];

/**
 * Every issuer of a run: those that keyburn knows, its own service where the operator says it stands, and the operator's own.
 * @param set `keyburnUrl`: KEYBURN_SERVICE_URL; `entries`: the `[[service]]` tables of `file`, parsed and not yet judged
 */
export function issuers(set: {
  readonly keyburnUrl?: string | undefined;
  readonly entries?: unknown;
  readonly file?: string;
}): readonly Service[] {
  const known = services.map((service) =>
    service.id === 'keyburn' ? keyburn({ url: set.keyburnUrl }) : service,
  );
  const taken = known.map(({ id }) => id);
  return [
    ...known,
    ...operatorServices(set.entries, { taken, ...(set.file !== undefined && { file: set.file }) }),
  ];
}
