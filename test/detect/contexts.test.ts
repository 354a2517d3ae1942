// Where values stand, and what only looks like one. Keys are made here; the built-in rules look.
import { describe, expect, it } from 'vitest';
import { builtInRules, createDetector, fillTemplate, loadRules, wholeText } from '../../src/detect/index.ts';

const detector = createDetector(await loadRules([builtInRules]));

function found(template: string): string[] {
  const bytes = Buffer.from(fillTemplate(template, { literals: [] }).text, 'utf8');
  return detector.look(wholeText(bytes)).findings.map((finding) => finding.rule.id);
}

describe('a value is found', () => {
  it.each([
    ['under a name of its own', 'myProject2duo: {{alnum:40}}'],
    ['in an element that an attribute names', '<string name="api_key">{{alnum:32}}</string>'],
    ['in a property list', '<key>ApiKey</key>\n<string>{{alnum:32}}</string>'],
    ['between entities', 'secret=&quot;{{alnum:32}}&quot;'],
    ['encoded for an address', 'access_token%3D{{alnum:32}}%26x'],
    ['with signs that are encoded', 'aws_secret_access_key%3D{{alnum:19}}%2F{{alnum:20}}%26x'],
    ['encoded, before a semicolon', 'Name%3Dacme%3BSharedAccessKey%3D{{alnum:43}}%3D%3BEntityPath%3Dx'],
    [
      'encoded, in an address in an address',
      'next=https%3A%2F%2Fbob%3A{{alnum:20}}%40git.acme.example%2Fx.git',
    ],
    ['with its padding encoded', 'GET /cb?access_token={{alnum:20}}%2B{{alnum:21}}%3D%3D&x=1'],
    [
      'as the default of a variable',
      'variable "db_password" {\n  type = string\n  default = "{{alnum:20}}"\n}',
    ],
    ['in a nested value', '"adminPassword": {\n  "value": "{{alnum:20}}"\n}'],
    ['in a block of YAML', 'api_key: |\n  {{alnum:32}}\n'],
    ['behind a fallback', 'const token = process.env.API_TOKEN || "{{alnum:32}}"'],
    ['in a Dockerfile of old', 'ENV API_TOKEN {{alnum:32}}\n'],
    ['serialised by PHP', 's:8:"password";s:20:"{{alnum:20}}";'],
    ['in bold', '**password**: {{alnum:14}}1!'],
    ['in colours', '\u001b[32mapi_key\u001b[0m: \u001b[33m{{alnum:32}}\u001b[0m'],
    ['with quotes in quotes', `buildConfigField "String", "API_KEY", '"{{alnum:32}}"'`],
    ['under words that are glued', 'secretkey: {{alpha:32}}'],
    ['in SQL', "ALTER ROLE bob WITH PASSWORD '{{alnum:14}}'"],
    ['in an attribute beside its name', '<input type="hidden" name="acme_token" value="{{alnum:32}}">'],
    ['on the next line, behind the sign', "const apiToken =\n  '{{alnum:32}}';"],
    ['on the next line, behind a bracket', 'API_TOKEN = (\n    "{{alnum:32}}"\n)'],
    ['in a table with commas', 'name,value\nacme_token,{{alnum:32}}\n'],
    ['in a table of Markdown', '| DB_PASSWORD | Maple{{digits:4}}! |\n'],
    [
      'as the default of a template',
      'Parameters:\n  DbPassword:\n    Type: String\n    Default: {{alnum:20}}\n',
    ],
    ['in a flag behind its name', 'gh secret set API_TOKEN --body "{{alnum:32}}"'],
    ['in a sentence', 'hey, the acme api key is {{alnum:32}} - pls rotate'],
    ['in a configuration with blanks', '[db]\npassword = Harbor{{digits:4}}!\nretries = 3\n'],
    ['in a configuration, chosen by a person', '[db]\npassword = maple-harbor-{{digits:2}}\n'],
    ['before an at sign, with a sign of its own', 'postgres://app:Maple{{digits:4}}$@db.acme.example/app'],
    ['behind a prefix that ends in a dot', 'ACME_TOKEN=acme.{{hex:58}}'],
    ['with signs that formats have', 'password: "i%x%sO{{digits:2}}H{{digits:1}}FTk"'],
    ['in base64 whose padding is no sign', "password: 'c{{alnum:14}}9='"],
    ['in base64 in YAML, padding and all', 'apiPassword: c{{alnum:9}}9=\n'],
    [
      'in a word in base64, under the name of a password',
      `data:\n  password: ${Buffer.from('mysqlpw').toString('base64')}\n`,
    ],
    ["behind nothing but a header's name", 'proxy_set_header X-Api-Key "{{alnum:32}}";'],
  ])('%s', (_, template) => {
    expect(found(template)).toHaveLength(1);
  });
});

describe('a key with a form of its own is found', () => {
  it('inside of a word, where words do not explain it', () => {
    expect(found('defaultion_{{alnum:42}}')).toEqual(['ionic-token']);
  });

  it('line by line, set in far to the right', () => {
    const key = fillTemplate('{{pem:EC}}', { literals: [] }).text;
    expect(found(`key: |\n${key}`.replaceAll('\n', `\n${' '.repeat(12)}`))).toEqual(['pem-ec']);
  });

  it('in base64, where the literal stands inside of it', () => {
    const key = fillTemplate(`sk-{{alnum:20}}T3Blbk${'FJ'}{{alnum:20}}`, { literals: [] }).text;
    expect(found(`b"${Buffer.from(key).toString('base64')}"`)).toHaveLength(1);
  });
});

describe('nothing is found', () => {
  it.each([
    ['in the checksum of a lock file', 'airbrake/gobrake v2 h1:{{base64:43}}='],
    ['in the checksum of a wheel', '"maxmind.whl", hash = "sha256:{{hex:64}}"'],
    ['in a pinned action', 'uses: DataDog/synthetics@{{hex:40}} # v1'],
    ['in the head of a commit', 'netlify\nparent {{hex:40}}\n'],
    ['in a public key of a host', 'bitbucket.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{{base64:43}}'],
    ['in a translation', "'password' => 'Wachtwoord'"],
    ['in a translation of another alphabet', "'password' => 'パスワードは6文字以上'"],
    ['in a rule of validation', "'password' => 'required|min:8'"],
    ['in ciphertext', '"api_password": "EJ[1:{{base64:43}}=:{{base64:32}}:{{base64:40}}]"'],
    ['in the id of an OpenPGP key', 'signingkey = {{HEX:16}}'],
    ['in a name in code', 'password: invalidK8sToken,'],
    ['in the name of a thing', 'password: "invalid_k8s_token"'],
    ['in two commits', 'sonarsource/x from {{hex:40}} to {{hex:40}}.'],
    ['in the audit log of Vault', '"client_token":"hmac-sha256:{{hex:64}}"'],
    ['in the accessor of a token', 'token_accessor       {{alnum:24}}'],
    [
      'in a selector of Objective-C',
      '-[NetworkAnalyticsEngine _write:fromCell:key:atLOI:ofKind:lqm:isFaulty:]',
    ],
    [
      'in a type of GraphQL',
      'mutation ($email: String!, $password: PasswordInput!) {\n  password: String!\n',
    ],
    ['in a pattern for paths', 'sonar.S4502.resourceKey = src/main/java/**/*'],
    ['in the word itself in another language', "'password' => 'palavra-chave',\n'pwd' => 'adgangskode'"],
    ['in a format with numbered places', '<string name="wifi">Netzwerk: %1$s\\nPasswort: %2$s</string>'],
    ['in the call behind a label', '"  x = input(\\"enter password : \\".center(50))\\n"'],
    ['in the branch of a condition', 'const key = isPasscode ? "passcode" : "recoveryCode2";'],
    [
      'in a word that holds a prefix',
      'void givenCollection_whenFilteringByNameAndSortingByDate_thenItWorks() {',
    ],
    ['in an object that Java serialised', 'token=rO0ABXNyADFvcmcu{{alnum:60}}'],
    ['in the name of somebody', '"linkedin": "pbakerymaplehb"'],
    ['in the id of a request', '"clientToken": "{{uuid}}"'],
    ['in a password that is said to be wrong', "curl -u user1:wrongPassword 'https://api.acme.example'"],
    ['in a reference of Symfony', "password: '%env(resolve:MONGODB_URL)%'"],
    ['in the words for what an address holds', 'mailgun+https://KEY:DOMAIN@default'],
    ['where a translation will be', "'pwd_secure' => 'crwdns1892:0crwdne1892:0'"],
    ['in the names of constants', '{"routing_key": "RABBITMQ_EXCHANGE-RABBITMQ_QUEUE"}'],
    ['in a stopword', 'Stopword: Bakery{{digits:4}}!\n'],
    ['in the token of a form', '<input name="csrf_token" value="{{alnum:40}}">'],
    ['in a hint how to make one', 'SECRET_KEY_BASE: generate-with-openssl-rand-hex-64'],
    ['in a stand-in', 'connection = "Server=db.acme.example;User ID=bob;Password=mypassword;"'],
    ['in a comparison of commits', 'sonar https://acme.example/x/compare/{{hex:40}}...{{hex:40}}'],
    ['in the address of a commit', 'datadog https://acme.example/x-y/commit/{{hex:40}}'],
    ['in a conflict of versions', 'cloudflare\n>>>>>>> {{hex:40}}'],
    ['in the digest of a package', 'cloudflare {integrity: sha512-{{alnum:33}}+{{alnum:52}}=='],
    ['in the id of a project', 'https://app.snyk.io/org/acme/project/{{uuid}}'],
    ['in the address of a file to hand out', 'https://acme.example/o/a.png?alt=media&token={{uuid}}'],
    ['in the fingerprint of an OpenPGP key', '[GNUPG:] KEY_CONSIDERED {{HEX:40}} 0'],
    ['in a short id', 'const shortKey = "{{hex:16}}"'],
    ['in a name that things are looked up by', '"_key":"{{hex:12}}","_type":"block"'],
    ['in bytes that count', 'key = "000102030405060708090a0b0c0d0e0f"'],
    ['in a walk behind a prefix', '"key": "sk_prod_1234567890abcdef"'],
    ['in a piece of a text', 'token: "abc.xyz." + rest'],
    ['in a word in base64', '"key1": "a2V5MQ=="'],
    ['under a name that a file in base64 holds by chance', '{{base64:40}}A9duo{{base64:20}}\n{{alnum:40}}\n'],
    ['in the head of a token', 'BearerToken: "eyJhbGciOiJIUzI1NiJ9"'],
    ['in ciphertext of a key service', 'secret: AQICAH{{base64:120}}'],
    ['in packed data', 'data[PolicyKey] = "H4sIA{{base64:60}}"'],
    ['in the digest of a word', 'secret = "098f6bcd4621d373cade4e832627b4f6"'],
    ['in a list of names', '"secret": ["password", "private_key_b64", "private_key_pwd"]'],
    ['in a key that names', '<add key="CNuGetNuGet" value="https://acme.example/index.json" />'],
    ['in a chain of statements', 'return g.key=y.key=g.index=y.index2=null'],
    ['in the argument of a question', 'mgr.verifyPassword("invalid8", "other")'],
    ['in a step of a test', "t.pass('cleaned!')"],
    ['in a sentence behind a name', 'password: shhhh! it is a secret'],
    ['in a translation behind a word', "'user_api_token_secret' => 'Token hemmelighed'"],
    ['in a package and its version', 'pass: google.nodejs.npm@0.9.0'],
    ['in the digest of a pod', '  SecretKit: {{hex:40}}'],
    ['in a digest of a password', '"encrypted_password": "{{hex:64}}"'],
    // The same in base64
    ['in the digest of a package in base64', 'duo "contentHash": "{{base64:86}}=="'],
    ['in a piece of a digest in base64', 'duo "contentHash": "{{base64:30}}/{{alnum:40}}+{{base64:14}}=="'],
    ['in a cosmos digest', 'Azure.Cosmos "resolved": "3.1.0",\n "contentHash": "{{base64:86}}=="'],
    // A text that says its name again
    [
      'in a flag that is named after itself',
      'UsePasswordGenerators = "pm-19976-use-sdk-password-generators"',
    ],
    ['in a constant that is named after itself', 'const string HashedPasswordB64 = "password_hash_b64";'],
    [
      'in a flag of several words',
      'MultiClientPasswordManagement = "pm-32413-multi-client-password-management"',
    ],
    ['in a key that is said to be public', '"publicResourceKey": "{{alnum:32}}"'],
    ['in a public key of 1024 bits', 'key = "MIGfMA0GCSqGSIb3DQEBAQUAA4GN{{base64:160}}"'],
    [
      'in a translation behind a word and a dash',
      '"proxy-password": "Proxy-Passwort",\n"password": "MQTT-wachtwoord"',
    ],
    [
      'in an escaped translation',
      String.raw`password:"Contrase\xF1a",pwd:"\u039A\u03C9\u03B4",pass:"Has\u0142o"`,
    ],
    ['in a region', "key: 'cn-zhangjiakou-vpc', token: 'tb.scada-symbol-ctx-tag'"],
    ['in a file of the home folder', '{"ssh_key_data": "@~/.ssh/id_rsa2"}'],
    ['in a hash of Django', `"password": "pbkdf2_sha256$10000${'$'}{{alnum:12}}${'$'}{{base64:43}}="`],
    ['in the first pass of an encoder', 'hwScaleFilterFirstPass = "vpp_rkrga=format=bgra:afbc=1"'],
    ['in an address of a paper', 'https://acme.example/x.pdf?casa_token={{alnum:11}}AAAAA:{{alnum:60}}'],
    ['in a lookup of Django', "'created_by__password__icontains=pbkdf2search=foo'"],
    ['in a row of statements', 't.authorizePassword=t.preAuthorizeImplicit2=t.CONFIGURE=void 0'],
    ['in a piece of a text in PHP', "'password' => 'prefix_' . $name . '_suffix'"],
    [
      'in a password that is a word of its name',
      'CUSTOMER_USER_PASSWORD = "customer"; $shortPassword = \'short\'',
    ],
    [
      'in a sentence about who is identified by what',
      "Replies to the server of a request identified by 'requestId' parameter",
    ],
    ['in the id of a template', 'new SmsClient("acme"); String apiTemplateId = "{{hex:32}}";'],
    ['in words that hex digits spell', '"token":"CAFEDEADBEEFCAFEBABEDEADBEEFCAFEDEADBEEF"'],
    ['in a sealed key', '"X-Acme-Kms-Sealed-Key":"IAAf{{base64:80}}=="'],
    ['in a type of Kotlin', 'class Acme(\n    tlsClientCertificatePassword: String?,\n'],
    [
      'in a default that is another variable',
      `AUTH="${'$'}{ACME_PASSWORD:-$REDIS_PASSWORD}" cli; pattern: "PASSWORD=\\$ACL_PASSWORD"`,
    ],
    ['in a rule of validation that stops at the first', "'one_time_password' => 'bail|required|string',"],
    [
      'in what an address was signed for',
      'http://s3.acme.example?X-Amz-Credential={{HEX:20}}%2F20170529%2Fus-east-1%2Fs3%2Faws4_request&x=1',
    ],
    ['in a mask of three', '"gemini_api_key": "AIza-xxx"'],
    [
      'in names for halves of a key',
      'mc replicate add https://accessKey:secretKey@replica.acme.dev:9000/bucket',
    ],
    ['in words of order', 'password="right", pwd="first", passwd="second"'],
    ['in the key of a contact', '"contact_key": "{{lower-alnum:32}}"'],
    [
      'in the token of a form of Rails',
      '<input type="hidden" name="authenticity_token" value="{{alnum:60}}">',
    ],
    ['in the token of a form of ASP.NET', '__RequestVerificationToken={{alnum:92}}'],
    [
      'in what a sign-in is known again by',
      'https://www.facebook.com/v3.2/dialog/oauth?client_id=1598&state={{hex:32}}&scope=x',
    ],
    ['in the site key of a captcha', '"recaptchaSiteKey":"6L{{alnum:6}}AAAAA{{alnum:27}}"'],
    ['in a public key of a sentence', '# Verify with public key "RWT{{alnum:53}}"'],
    ['in the argument of a score', 'expect(scorePassword("{{alnum:30}}")).toBe(100)'],
    ['in the bounds of a range', '"startKey": "8okSYW1zdGVyZGFtAAE=", "endKey": "840SwAAC"'],
    ['in a hash that its name says it is', 'hashed_password: {{hex:40}}'],
    ['in the name of a preference', 'const val PREFERENCE_PASSCODE_D1 = "PrefPinCode1"'],
    ['in a tag of a template', '`sasl_password`    | [Kafka]({% link x.md %}#kafka) |'],
    ['in a field of a format', 'print(f"Time to First Token: {standard_ttft:.2f} seconds")'],
    [
      'in a word of another language',
      '\'auth\' => \'Uwierzytelnianie\', "authorization": "Valtuutusotsikko luodaan"',
    ],
    ['in a name under a key', '{"key": "echoHoppBaseURL", "value": ""}'],
    ['in a connection whose password is its user', '"User ID=postgres;Password=postgres;Host=db;Port=5432"'],
    ['in the words for a name and a password', 'Authorization: Basic dXNlcjpwd2Q='],
    [
      'in a certificate of a Secret',
      'kind: Secret\ndata:\n  tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t{{base64:400}}\n',
    ],
    ['in what a Secret says is a certificate', 'kind: Secret\ndata:\n  ca.crt: {{base64:16}}\n'],
    [
      'in the key of a definition',
      'query.taskDefinitionKey("sub1task2"); assertThat(x).containsKey("{{uuid}}")',
    ],
    ['in the key of a storage', "localStorageSideNavKey = 'kavita--sidenav--expanded';"],
    ['in the key of a cache', 'Saved in parser cache with key frwiki:pcache:idhash:7183-0!*!0!!fr!4!*'],
    ['in a token that is cut short', 'token="eyJhbGciOiJSUzI1NiJ9.test"'],
    ['in a prefix of keys of a cache', "const RSS_FEED_KEY = 'pf:portfolio:rss-feed:';"],
    ['in words before a walk', 'ApiKey = "test-pricing-api-key-0123456789abcdef"'],
    ['in the short key of a post', '"reblog_key":"{{alnum:8}}"'],
    ['in a key that is said to be encrypted', '_mockEncryptedType7WrappedSigningKey = "7.{{alnum:20}}=="'],
    ['in an encrypted key in an address', 'acme://login?otp_encrypted_api_key={{hex:8}}'],
    [
      'in a signed address of a picture',
      'http://cdn.acme.example/a.png?e=1573635804&token={{alnum:40}}:{{base64url:27}}=',
    ],
    [
      'in a hash whose dollars are escaped',
      '- ADMIN_TOKEN=$$argon2id$$v=19$$m=19456,t=2,p=1$$UUZx{{alnum:28}}',
    ],
    ['in a path behind a reference of Symfony', 'JWT_SECRET_KEY=%kernel.project_dir%/config/jwt/private.pem'],
    [
      'in words that stand for nothing',
      "'password': 'FooBarFooBar{{digits:1}}', 'pwd': 'foobar123', 'passwd': 'abc123FOO'",
    ],
    ['in a password that is to be chosen', '- POSTGRES_PASSWORD=ChooseYourOwnPasswordHere{{digits:4}}'],
    ['in a password that is its user', "'USER': 'acmebox',\n'PASSWORD': 'acmebox',"],
    [
      'in a sentence whose password is its user',
      'The default username is `acmebox`. The default password is `acmebox`.',
    ],
    [
      'in the next item behind the name of a table',
      'ensureDeletedFiles(app, "_pb_users_auth_", "{{lower-alnum:15}}")',
    ],
    ['in an id beside the name of a service', 'pinecone\n "id": "{{uuid}}"'],
    ['in a word of a Secret', 'kind: Secret\ndata:\n  foo: YmFy\n'],
    ['in the code point of a picture', "pass: '1f3ab',"],
    [
      'in the GUID that every WebSocket server adds',
      `WS_KEY = "${['258EAFA5', 'E914', '47DA', '95CA', 'C5AB0DC85B11'].join('-')}"`,
    ],
  ])('%s', (_, template) => {
    expect(found(template)).toEqual([]);
  });
});
