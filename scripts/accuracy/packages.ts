// Published packages of many kinds in which there is next to nothing to find. Exact versions: a published version never changes.

/** Kind -> `name@version`. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'SDKs and their models': [
    'aws-sdk@2.1692.0',
    'googleapis@144.0.0',
    '@azure/arm-network@33.4.0',
    '@azure/arm-compute@22.1.0',
    '@aws-sdk/client-ec2@3.699.0',
    'stripe@17.3.1',
    'twilio@5.3.6',
    'firebase@11.0.2',
    '@octokit/openapi-types@22.2.0',
  ],
  'minified and bundled': [
    'monaco-editor@0.52.0',
    'next@15.0.3',
    '@babel/standalone@7.26.2',
    'plotly.js-dist@2.35.2',
    'swagger-ui-dist@5.18.2',
    'ace-builds@1.36.5',
    'playwright-core@1.48.2',
    'typescript@5.6.3',
    'antd@5.22.1',
    'echarts@5.5.1',
  ],
  'translations and data': [
    'date-fns@4.1.0',
    'cldr-dates-full@46.0.0',
    '@faker-js/faker@9.2.0',
    'moment@2.30.1',
    'caniuse-lite@1.0.30001680',
    'mime-db@1.53.0',
    'highlight.js@11.10.0',
  ],
  icons: ['@mui/icons-material@6.1.7', '@fortawesome/fontawesome-free@6.6.0', '@tabler/icons@3.22.0'],
  'WebAssembly and its glue': ['esbuild-wasm@0.24.0', 'sql.js@1.12.0', 'pdfjs-dist@4.8.69'],
  typings: ['@types/node@22.9.0', '@cloudflare/workers-types@4.20241112.0'],
  'cryptography and chains': ['ethers@6.13.4', 'openpgp@6.0.0', '@solana/web3.js@1.95.4', 'node-forge@1.3.1'],
  'fixtures, tests and lock files': [
    'ssh2@1.16.0',
    'pm2@5.4.3',
    'mongodb@6.10.0',
    'core-js@3.39.0',
    'three@0.170.0',
  ],
};
