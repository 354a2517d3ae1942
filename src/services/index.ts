// The issuers. One file each, one line here, and their recorded replies in test/services/replies.
import { agnes } from './agnes.ts';
import { airtable } from './airtable.ts';
import { algolia } from './algolia.ts';
import { anthropic } from './anthropic.ts';
import { apify } from './apify.ts';
import { asana } from './asana.ts';
import { assemblyai } from './assemblyai.ts';
import { aws } from './aws.ts';
import { bitrise } from './bitrise.ts';
import { box } from './box.ts';
import { braintree } from './braintree.ts';
import { brevo } from './brevo.ts';
import { calendly } from './calendly.ts';
import { cerebras } from './cerebras.ts';
import { circleci } from './circleci.ts';
import { clarifai } from './clarifai.ts';
import { clerk } from './clerk.ts';
import { clickup } from './clickup.ts';
import { cloudflare } from './cloudflare.ts';
import { cockroach } from './cockroach.ts';
import { codecov } from './codecov.ts';
import { cohere } from './cohere.ts';
import { cursor } from './cursor.ts';
import { datadog } from './datadog.ts';
import { deepgram } from './deepgram.ts';
import { deepseek } from './deepseek.ts';
import { duffel } from './duffel.ts';
import { dynatrace } from './dynatrace.ts';
import { easypost } from './easypost.ts';
import { elevenlabs } from './elevenlabs.ts';
import { figma } from './figma.ts';
import { fireworks } from './fireworks.ts';
import { flutterwave } from './flutterwave.ts';
import { fly } from './fly.ts';
import { gcpServiceAccount } from './gcp-service-account.ts';
import { operatorServices } from './generic.ts';
import { github } from './github.ts';
import { googleApiKey } from './google-api-key.ts';
import { groq } from './groq.ts';
import { hetzner } from './hetzner.ts';
import { honeycomb } from './honeycomb.ts';
import { intercom } from './intercom.ts';
import { jumpcloud } from './jumpcloud.ts';
import { keyburn } from './keyburn.ts';
import { langfuse } from './langfuse.ts';
import { mailgun } from './mailgun.ts';
import { mercury } from './mercury.ts';
import { mergify } from './mergify.ts';
import { messagebird } from './messagebird.ts';
import { mistral } from './mistral.ts';
import { monday } from './monday.ts';
import { moonshot } from './moonshot.ts';
import { netlify } from './netlify.ts';
import { notion } from './notion.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { opsgenie } from './opsgenie.ts';
import { pagerduty } from './pagerduty.ts';
import { paystack } from './paystack.ts';
import { pinecone } from './pinecone.ts';
import { planetscale } from './planetscale.ts';
import { postmark } from './postmark.ts';
import { prefect } from './prefect.ts';
import { razorpay } from './razorpay.ts';
import { readme } from './readme.ts';
import { render } from './render.ts';
import { replicate } from './replicate.ts';
import { runpod } from './runpod.ts';
import { segment } from './segment.ts';
import type { Service } from './service.ts';
import { shippo } from './shippo.ts';
import { snyk } from './snyk.ts';
import { sparkpost } from './sparkpost.ts';
import { square } from './square.ts';
import { stability } from './stability.ts';
import { stripe } from './stripe.ts';
import { supabase } from './supabase.ts';
import { supabaseAccount } from './supabase-account.ts';
import { tavily } from './tavily.ts';
import { telegram } from './telegram.ts';
import { telnyx } from './telnyx.ts';
import { together } from './together.ts';
import { travis } from './travis.ts';
import { typeform } from './typeform.ts';
import { unkey } from './unkey.ts';
import { upcloud } from './upcloud.ts';
import { wakatime } from './wakatime.ts';
import { wandb } from './wandb.ts';
import { warp } from './warp.ts';
import { workos } from './workos.ts';
import { xai } from './xai.ts';

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
  airtable(),
  algolia(),
  anthropic(),
  apify(),
  asana(),
  assemblyai(),
  aws(),
  bitrise(),
  box(),
  braintree(),
  brevo(),
  calendly(),
  cerebras(),
  circleci(),
  clarifai(),
  clerk(),
  clickup(),
  cloudflare(),
  cockroach(),
  codecov(),
  cohere(),
  cursor(),
  datadog(),
  deepgram(),
  deepseek(),
  duffel(),
  dynatrace(),
  easypost(),
  elevenlabs(),
  figma(),
  fireworks(),
  flutterwave(),
  fly(),
  gcpServiceAccount(),
  github(),
  googleApiKey(),
  groq(),
  hetzner(),
  honeycomb(),
  intercom(),
  jumpcloud(),
  keyburn(),
  langfuse(),
  mailgun(),
  mercury(),
  mergify(),
  messagebird(),
  mistral(),
  monday(),
  moonshot(),
  netlify(),
  notion(),
  openai(),
  openrouter(),
  opsgenie(),
  pagerduty(),
  paystack(),
  pinecone(),
  planetscale(),
  postmark(),
  prefect(),
  razorpay(),
  readme(),
  render(),
  replicate(),
  runpod(),
  segment(),
  shippo(),
  snyk(),
  sparkpost(),
  square(),
  stability(),
  stripe(),
  supabase(),
  supabaseAccount(),
  tavily(),
  telegram(),
  telnyx(),
  together(),
  travis(),
  typeform(),
  unkey(),
  upcloud(),
  wakatime(),
  wandb(),
  warp(),
  workos(),
  xai(),
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
