// The issuers that keyburn knows. One file each, one line here, and their recorded replies in test/services/replies.

import { adyen } from './adyen.ts';
import { agnes } from './agnes.ts';
import { airtable } from './airtable.ts';
import { aiven } from './aiven.ts';
import { algolia } from './algolia.ts';
import { alibaba } from './alibaba.ts';
import { anthropic } from './anthropic.ts';
import { apify } from './apify.ts';
import { asana } from './asana.ts';
import { assemblyai } from './assemblyai.ts';
import { astra } from './astra.ts';
import { atlassian } from './atlassian.ts';
import { aws } from './aws.ts';
import { bitly } from './bitly.ts';
import { bitrise } from './bitrise.ts';
import { box } from './box.ts';
import { braintree } from './braintree.ts';
import { brevo } from './brevo.ts';
import { buildkite } from './buildkite.ts';
import { calCom } from './cal-com.ts';
import { calendly } from './calendly.ts';
import { cerebras } from './cerebras.ts';
import { circleci } from './circleci.ts';
import { clarifai } from './clarifai.ts';
import { clerk } from './clerk.ts';
import { clickup } from './clickup.ts';
import { clockify } from './clockify.ts';
import { cloudflare } from './cloudflare.ts';
import { cloudsmith } from './cloudsmith.ts';
import { cockroach } from './cockroach.ts';
import { codecov } from './codecov.ts';
import { cohere } from './cohere.ts';
import { contentful } from './contentful.ts';
import { crowdin } from './crowdin.ts';
import { cursor } from './cursor.ts';
import { databricks } from './databricks.ts';
import { datadog } from './datadog.ts';
import { deepgram } from './deepgram.ts';
import { deepseek } from './deepseek.ts';
import { digitalocean } from './digitalocean.ts';
import { digitaloceanSpaces } from './digitalocean-spaces.ts';
import { withDirections } from './directions.ts';
import { discordWebhook } from './discord-webhook.ts';
import { dockerhub } from './dockerhub.ts';
import { doppler } from './doppler.ts';
import { dropbox } from './dropbox.ts';
import { duffel } from './duffel.ts';
import { dynatrace } from './dynatrace.ts';
import { easypost } from './easypost.ts';
import { elasticsearch } from './elasticsearch.ts';
import { elevenlabs } from './elevenlabs.ts';
import { eventbrite } from './eventbrite.ts';
import { facebook } from './facebook.ts';
import { fastly } from './fastly.ts';
import { figma } from './figma.ts';
import { fireworks } from './fireworks.ts';
import { flutterwave } from './flutterwave.ts';
import { fly } from './fly.ts';
import { frameio } from './frameio.ts';
import { freshbooks } from './freshbooks.ts';
import { gcpServiceAccount } from './gcp-service-account.ts';
import { github } from './github.ts';
import { gitlab, gitlabRunner } from './gitlab.ts';
import { googleApiKey } from './google-api-key.ts';
import { googleOauth } from './google-oauth.ts';
import { grafana } from './grafana.ts';
import { grafanaCloud } from './grafana-cloud.ts';
import { groq } from './groq.ts';
import { heroku } from './heroku.ts';
import { hetzner } from './hetzner.ts';
import { honeycomb } from './honeycomb.ts';
import { hubspotRefresh } from './hubspot-refresh.ts';
import { huggingface } from './huggingface.ts';
import { hunter } from './hunter.ts';
import { ibmCloud } from './ibm-cloud.ts';
import { intercom } from './intercom.ts';
import { iterable } from './iterable.ts';
import { jfrog } from './jfrog.ts';
import { jumpcloud } from './jumpcloud.ts';
import { keyburn } from './keyburn.ts';
import { klaviyo } from './klaviyo.ts';
import { langfuse } from './langfuse.ts';
import { launchdarkly } from './launchdarkly.ts';
import { lichess } from './lichess.ts';
import { line } from './line.ts';
import { linear } from './linear.ts';
import { linode } from './linode.ts';
import { lob } from './lob.ts';
import { loops } from './loops.ts';
import { mailchimp } from './mailchimp.ts';
import { mailersend } from './mailersend.ts';
import { mailgun } from './mailgun.ts';
import { mapbox } from './mapbox.ts';
import { mercury } from './mercury.ts';
import { mergify } from './mergify.ts';
import { messagebird } from './messagebird.ts';
import { minimax } from './minimax.ts';
import { miro } from './miro.ts';
import { mistral } from './mistral.ts';
import { monday } from './monday.ts';
import { mongodbAtlas } from './mongodb-atlas.ts';
import { moonshot } from './moonshot.ts';
import { neon } from './neon.ts';
import { netlify } from './netlify.ts';
import { newrelic } from './newrelic.ts';
import { notion } from './notion.ts';
import { npm } from './npm.ts';
import { okta } from './okta.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { openshift } from './openshift.ts';
import { opsgenie } from './opsgenie.ts';
import { paddle } from './paddle.ts';
import { pagerduty } from './pagerduty.ts';
import { pandadoc } from './pandadoc.ts';
import { particle } from './particle.ts';
import { paystack } from './paystack.ts';
import { perplexity } from './perplexity.ts';
import { pinecone } from './pinecone.ts';
import { pinterest } from './pinterest.ts';
import { pipedrive } from './pipedrive.ts';
import { planetscale } from './planetscale.ts';
import { plivo } from './plivo.ts';
import { posthog } from './posthog.ts';
import { postman } from './postman.ts';
import { postmark } from './postmark.ts';
import { prefect } from './prefect.ts';
import { pulumi } from './pulumi.ts';
import { puppet } from './puppet.ts';
import { razorpay } from './razorpay.ts';
import { readme } from './readme.ts';
import { render } from './render.ts';
import { replicate } from './replicate.ts';
import { resend } from './resend.ts';
import { restream } from './restream.ts';
import { retell } from './retell.ts';
import { runpod } from './runpod.ts';
import { rustCrates } from './rust-crates.ts';
import { salesforce } from './salesforce.ts';
import { samsara } from './samsara.ts';
import { segment } from './segment.ts';
import { sendgrid } from './sendgrid.ts';
import { sentry } from './sentry.ts';
import type { Service } from './service.ts';
import { servicenow } from './servicenow.ts';
import { shippo } from './shippo.ts';
import { shopify } from './shopify.ts';
import { shortcut } from './shortcut.ts';
import { slack, slackBot } from './slack.ts';
import { snyk } from './snyk.ts';
import { sourcegraph } from './sourcegraph.ts';
import { sparkpost } from './sparkpost.ts';
import { square } from './square.ts';
import { stability } from './stability.ts';
import { strava } from './strava.ts';
import { stripe } from './stripe.ts';
import { sumologic } from './sumologic.ts';
import { supabase } from './supabase.ts';
import { supabaseAccount } from './supabase-account.ts';
import { surveymonkey } from './surveymonkey.ts';
import { tailscale } from './tailscale.ts';
import { tavily } from './tavily.ts';
import { telegram } from './telegram.ts';
import { telnyx } from './telnyx.ts';
import { tencent } from './tencent.ts';
import { terraformCloud } from './terraform-cloud.ts';
import { tiingo } from './tiingo.ts';
import { todoist } from './todoist.ts';
import { together } from './together.ts';
import { travis } from './travis.ts';
import { trello } from './trello.ts';
import { turso } from './turso.ts';
import { twilio } from './twilio.ts';
import { twitch } from './twitch.ts';
import { typeform } from './typeform.ts';
import { unkey } from './unkey.ts';
import { upcloud } from './upcloud.ts';
import { uptimerobot } from './uptimerobot.ts';
import { vault } from './vault.ts';
import { vercel } from './vercel.ts';
import { vonage } from './vonage.ts';
import { vultr } from './vultr.ts';
import { wakatime } from './wakatime.ts';
import { wandb } from './wandb.ts';
import { warp } from './warp.ts';
import { webflow } from './webflow.ts';
import { workos } from './workos.ts';
import { xai } from './xai.ts';
import { youneedabudget } from './youneedabudget.ts';
import { zendesk } from './zendesk.ts';

// biome-ignore format: one issuer, one line.
export const services: readonly Service[] = [
  adyen(),
  agnes(),
  airtable(),
  aiven(),
  algolia(),
  alibaba(),
  anthropic(),
  apify(),
  asana(),
  assemblyai(),
  astra(),
  atlassian(),
  aws(),
  bitly(),
  bitrise(),
  box(),
  braintree(),
  brevo(),
  buildkite(),
  calCom(),
  calendly(),
  cerebras(),
  circleci(),
  clarifai(),
  clerk(),
  clickup(),
  clockify(),
  cloudflare(),
  cloudsmith(),
  cockroach(),
  codecov(),
  cohere(),
  contentful(),
  crowdin(),
  cursor(),
  databricks(),
  datadog(),
  deepgram(),
  deepseek(),
  digitalocean(),
  digitaloceanSpaces(),
  discordWebhook(),
  dockerhub(),
  doppler(),
  dropbox(),
  duffel(),
  dynatrace(),
  easypost(),
  elasticsearch(),
  elevenlabs(),
  eventbrite(),
  facebook(),
  fastly(),
  figma(),
  fireworks(),
  flutterwave(),
  fly(),
  frameio(),
  freshbooks(),
  gcpServiceAccount(),
  github(),
  gitlab(),
  gitlabRunner(),
  googleApiKey(),
  googleOauth(),
  grafana(),
  grafanaCloud(),
  groq(),
  heroku(),
  hetzner(),
  honeycomb(),
  hubspotRefresh(),
  huggingface(),
  hunter(),
  ibmCloud(),
  intercom(),
  iterable(),
  jfrog(),
  jumpcloud(),
  keyburn(),
  klaviyo(),
  langfuse(),
  launchdarkly(),
  lichess(),
  line(),
  linear(),
  linode(),
  lob(),
  loops(),
  mailchimp(),
  mailersend(),
  mailgun(),
  mapbox(),
  mercury(),
  mergify(),
  messagebird(),
  minimax(),
  miro(),
  mistral(),
  monday(),
  mongodbAtlas(),
  moonshot(),
  neon(),
  netlify(),
  newrelic(),
  notion(),
  npm(),
  okta(),
  openai(),
  openrouter(),
  openshift(),
  opsgenie(),
  paddle(),
  pagerduty(),
  pandadoc(),
  particle(),
  paystack(),
  perplexity(),
  pinecone(),
  pinterest(),
  pipedrive(),
  planetscale(),
  plivo(),
  posthog(),
  postman(),
  postmark(),
  prefect(),
  pulumi(),
  puppet(),
  razorpay(),
  readme(),
  render(),
  replicate(),
  resend(),
  restream(),
  retell(),
  runpod(),
  rustCrates(),
  salesforce(),
  samsara(),
  segment(),
  sendgrid(),
  sentry(),
  servicenow(),
  shippo(),
  shopify(),
  shortcut(),
  slack(),
  slackBot(),
  snyk(),
  sourcegraph(),
  sparkpost(),
  square(),
  stability(),
  strava(),
  stripe(),
  sumologic(),
  supabase(),
  supabaseAccount(),
  surveymonkey(),
  tailscale(),
  tavily(),
  telegram(),
  telnyx(),
  tencent(),
  terraformCloud(),
  tiingo(),
  todoist(),
  together(),
  travis(),
  trello(),
  turso(),
  twilio(),
  twitch(),
  typeform(),
  unkey(),
  upcloud(),
  uptimerobot(),
  vault(),
  vercel(),
  vonage(),
  vultr(),
  wakatime(),
  wandb(),
  warp(),
  webflow(),
  workos(),
  xai(),
  youneedabudget(),
  zendesk(),
].map(withDirections);
