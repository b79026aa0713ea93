import { describe, expect, it } from '@jest/globals';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import type { ContactEvent } from '../contact/index.js';
import type { IdentityEvent } from '../identity/index.js';
import { openClaimsProjection } from './project.js';

const identity = { identityKey: 'k', medium: 'custom', idScope: 'shop', externalUserId: 'jane' } as const;
const claimed: IdentityEvent = { type: 'IdentityClaimed', data: { contactId: 'c', ...identity } };
const attached: ContactEvent = { type: 'IdentityAttached', data: { contactId: 'c', ...identity } };
const withdrawn: IdentityEvent = { type: 'IdentityClaimWithdrawn', data: { contactId: 'c', identityKey: 'k' } };
const released: IdentityEvent = {
  type: 'IdentityReleased',
  data: { identityKey: 'k', releasedAt: '2026-03-02T09:00:00.000Z', recentMessages: [] },
};
const after = (...events: (IdentityEvent | ContactEvent)[]) =>
  Object.fromEntries(projectedDocuments(openClaimsProjection, recordEvents(events)));

describe('claims that no contact has attached', () => {
  it('DEL-2: are known by the contact that they were made for', () => {
    expect(after(claimed)).toStrictEqual({ k: { contactId: 'c' } });
  });

  it.each([
    ['attached', attached],
    ['withdrawn', withdrawn],
    ['released', released],
  ] as const)('DEL-2: are no more once they are %s', (_what, event) => {
    expect(after(claimed, event)).toStrictEqual({});
  });
});
