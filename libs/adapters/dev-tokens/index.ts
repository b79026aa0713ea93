export { devIssuer, devSigningKey, devTokens, devUsers, issueToken } from './dev-tokens.js';
export type { TokenClaims } from './dev-tokens.js';
