/**
 * How tokens are checked: by the public keys of an identity provider (RS256, ES256, EdDSA), or, in standalone only,
 * by the secret with which the data directory signs its own (HS256).
 */
export type TokenSettings = { readonly issuer: string; readonly audience: string } & (
  { readonly kind: 'key-set'; readonly jwksUrl: string } | { readonly kind: 'own-key'; readonly key: Uint8Array }
);
