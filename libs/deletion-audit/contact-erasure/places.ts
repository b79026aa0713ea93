/** How a place loses what it holds of an erased contact, or why it may keep it. */
export type Treatment =
  /** The streams of the contact are tombstoned. */
  | { readonly by: 'tombstone' }
  /** What stands before the release is truncated; the release names no contact (decision 18). */
  | { readonly by: 'release' }
  /** The projection engine purges by owner when it sees the audit entry (decision 13). */
  | { readonly by: 'purge' }
  /** Goes by itself, and holds opaque ids only until then. */
  | { readonly by: 'expiry' }
  | { readonly by: 'nothing'; readonly because: string };

const configuration: Treatment = { by: 'nothing', because: 'configuration: holds nothing of any contact' };

/** DEL-2: every stream category, and what an erasure does there. A test fails for a category without an entry. */
export const streamPlaces: Readonly<Record<string, Treatment>> = {
  contact: { by: 'tombstone' },
  conversation: { by: 'tombstone' },
  outbound: { by: 'tombstone' },
  redaction: { by: 'tombstone' },
  identity: { by: 'release' },
  request: { by: 'expiry' },
  reads: { by: 'expiry' },
  channel: configuration,
  user: { by: 'nothing', because: 'presence, access, and places under opaque ids of conversations' },
  attributes: configuration,
  groups: configuration,
  group: { by: 'nothing', because: 'the search for members: opaque ids' },
  link: { by: 'nothing', because: 'pairs of opaque ids' },
  'closing-notes': configuration,
  'priority-scores': configuration,
  ranking: { by: 'nothing', because: 'how far an order of the queue is computed: no ids of contacts' },
  facts: { by: 'nothing', because: 'anonymous facts of conversations: days, durations, counts' },
  bulk: { by: 'nothing', because: 'deletions of many contacts: opaque ids' },
  workflow: { by: 'nothing', because: 'attempts and outcomes under opaque ids' },
  store: { by: 'nothing', because: 'the check of the store’s key' },
  'deleted-contacts': { by: 'nothing', because: 'the audit: opaque ids and the hint' },
  'deletion-attempts': { by: 'nothing', because: 'refused deletions: opaque ids' },
};

/** DEL-2: every read model. A test fails for a model without an entry. */
export const modelPlaces: Readonly<Record<string, Treatment>> = {
  contacts: { by: 'purge' },
  'open-claims': { by: 'release' },
  'contact-notes': { by: 'purge' },
  'attribute-history': { by: 'purge' },
  'group-members': { by: 'purge' },
  conversations: { by: 'purge' },
  messages: { by: 'purge' },
  internalNotes: { by: 'purge' },
  queue: { by: 'purge' },
  'queue-counters': { by: 'nothing', because: 'counts by kind and channels, beside opaque ids' },
  accessLog: { by: 'purge' },
  links: { by: 'purge' },
  'link-pairs': { by: 'purge' },
  'link-values': {
    by: 'nothing',
    because: 'counts under keyed hashes, which go with the last contact that has the value',
  },
  'search-contacts': { by: 'purge' },
  'search-messages': { by: 'purge' },
  'conversation-facts': { by: 'purge' },
  redactions: { by: 'purge' },
  jobs: { by: 'nothing', because: 'numbers' },
  deletedContacts: { by: 'nothing', because: 'shows the audit' },
};
