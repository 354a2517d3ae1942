// The page where people decide about leaked keys: server-rendered, mounted into `keyburn serve`.

export { createDesk, type Desk } from './desk.ts';
export { createOidc, type Oidc, type OidcOptions, type OidcSettings } from './oidc.ts';
export { createPage, type Page, type PageOptions } from './page.ts';
