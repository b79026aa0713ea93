import { describe, it } from '@jest/globals';
import { scenariosOf } from '#event-sourcing-testing';
import type { ContactCommand } from './commands.js';
import { command, created, event, known, setTier, tier, tierSet, vip, waId } from './contact.fixtures.js';
import { contactDecider } from './decide.js';
import { valueSources } from './events/attributes.js';

const { given } = scenariosOf(contactDecider);

describe('attribute values', () => {
  it('ATT-4: a new value is recorded, the value that is there is not', () => {
    given(known)
      .when(setTier('gold'))
      .then([tierSet('gold')]);
    given([...known, tierSet('gold')])
      .when(setTier('gold'))
      .then([]);
    given([...known, tierSet('gold')])
      .when(setTier('silver'))
      .then([tierSet('silver')]);
  });

  it('ATT-7: a value that has outlived its retention is cleared, when it is there', () => {
    const expire = command('ExpireValue', { alias: 'tier' });
    given([...known, tierSet('gold')])
      .when(expire)
      .then([event('AttributeCleared', { alias: 'tier', source: 'automation' })]);
    given(known).when(expire).then([]);
  });

  it('ATT-4: clearing is an event, when there is something to clear', () => {
    const clear = command('ClearAttribute', { name: 'tier', definition: tier });
    given([...known, tierSet('gold')])
      .when(clear)
      .then([event('AttributeCleared', { alias: 'tier', source: 'agent' })]);
    given(known).when(clear).then([]);
  });

  it('ATT-2: several values of a repeatable one are one value, in order', () => {
    const emails = { ...tier, alias: 'emails', format: 'email', repeatable: true } as const;
    const set = (value: unknown): ContactCommand =>
      command('SetAttribute', { name: 'emails', definition: emails, value });
    const was = event('AttributeSet', { alias: 'emails', value: ['a@x.org', 'b@x.org'], source: 'agent' });
    given([...known, was])
      .when(set(['a@x.org', 'b@x.org', 'a@x.org']))
      .then([]);
    given([...known, was])
      .when(set(['b@x.org']))
      .then([event('AttributeSet', { alias: 'emails', value: ['b@x.org'], source: 'agent' })]);
  });

  it('ATT-2: a value that does not fit is refused with the reason', () => {
    given(known)
      .when(setTier({ $ne: null }))
      .then({
        code: 'attribute-misfit',
        alias: 'tier',
        reason: 'not-an-option',
      });
  });

  it('ATT-1: an unknown alias is refused', () => {
    given(known)
      .when(command('SetAttribute', { name: 'shoeSize', definition: undefined, value: 38 }))
      .then({ code: 'unknown-attribute', alias: 'shoeSize' });
  });

  it('ATT-1: nobody but the system changes a platform attribute, whatever the role', () => {
    for (const source of valueSources) {
      given(known)
        .when(command('SetAttribute', { name: 'waId', definition: waId, value: '1', source, access: 'all' }))
        .then({ code: 'platform-attribute', alias: 'waId' });
      given(known)
        .when(command('ClearAttribute', { name: 'waId', definition: waId, source, access: 'all' }))
        .then({ code: 'platform-attribute', alias: 'waId' });
    }
  });

  it('ATT-1: nor one that a custom channel has filled', () => {
    const told = event('AttributeSet', { alias: 'plan', medium: 'custom', value: 'pro', source: 'channel' });
    for (const name of ['plan', 'custom.plan']) {
      given([...known, told])
        .when(command('SetAttribute', { name, definition: undefined, value: 'free' }))
        .then({ code: 'platform-attribute', alias: name });
    }
  });

  it('ATT-3: switched off, an attribute is set by services, not by agents', () => {
    const off = { definition: { ...tier, enabled: false } };
    given(known).when(setTier('gold', off)).then({ code: 'attribute-disabled', alias: 'tier' });
    given(known)
      .when(setTier('gold', { ...off, actor: { id: 'shop', role: 'service' }, source: 'service' }))
      .then([event('AttributeSet', { alias: 'tier', value: 'gold', source: 'service' })]);
  });

  it('ATT-4: a service says on whose behalf it writes; nobody else can', () => {
    const service = { id: 'shop', role: 'service' } as const;
    for (const source of ['service', 'crm', 'autoresponder', 'automation'] as const) {
      given(known)
        .when(setTier('gold', { actor: service, source }))
        .then([event('AttributeSet', { alias: 'tier', value: 'gold', source })]);
    }
    for (const source of ['agent', 'channel', 'merge'] as const) {
      given(known)
        .when(setTier('gold', { actor: service, source }))
        .then({ code: 'source-not-allowed', source });
    }
    given(known)
      .when(setTier('gold', { source: 'crm' }))
      .then({ code: 'source-not-allowed', source: 'crm' });
  });

  it('ATT-5: what the CRM manages is set by services, not by agents', () => {
    const managed = { definition: { ...tier, managed: true } };
    given(known).when(setTier('gold', managed)).then({ code: 'managed-attribute', alias: 'tier' });
    given(known)
      .when(setTier('gold', { ...managed, actor: { id: 'shop', role: 'service' }, source: 'crm' }))
      .then([event('AttributeSet', { alias: 'tier', value: 'gold', source: 'crm' })]);
  });

  it('ATT-2: a retired option can be set no more, and what has it keeps it', () => {
    const options = tier.options.map((option) => ({ ...option, retired: option.optionId === 'gold' }));
    const gold = event('AttributeSet', { alias: 'tier', value: 'gold', source: 'agent' });
    given(known)
      .when(setTier('gold', { definition: { ...tier, options } }))
      .then({ code: 'attribute-misfit', alias: 'tier', reason: 'not-an-option' });
    given([...known, gold])
      .when(setTier('silver', { definition: { ...tier, options } }))
      .then([event('AttributeSet', { alias: 'tier', value: 'silver', source: 'agent' })]);
  });
});

describe('VIP', () => {
  const marked = event('VipMarked', { source: 'agent' });
  const unmarked = event('VipUnmarked', { source: 'agent' });

  it('ATT-6: is marked and unmarked, once each', () => {
    given(known).when(command('MarkVip', {})).then([marked]);
    given([...known, marked])
      .when(command('MarkVip', {}))
      .then([]);
    given([...known, marked])
      .when(command('UnmarkVip', {}))
      .then([unmarked]);
    given(known).when(command('UnmarkVip', {})).then([]);
  });

  it('ATT-6: switched off, marking is refused; flags are kept and can be taken away', () => {
    given(known)
      .when(command('MarkVip', { vipEnabled: false }))
      .then({ code: 'vip-disabled' });
    given([...known, marked])
      .when(command('UnmarkVip', {}))
      .then([unmarked]);
  });

  it('ATT-6: is a standard attribute, set and cleared like one', () => {
    given(known)
      .when(command('SetAttribute', { name: 'vip', definition: vip, value: true }))
      .then([marked]);
    given([...known, marked])
      .when(command('SetAttribute', { name: 'vip', definition: vip, value: false }))
      .then([unmarked]);
    given([...known, marked])
      .when(command('ClearAttribute', { name: 'vip', definition: vip }))
      .then([unmarked]);
  });
});

describe('what a channel tells', () => {
  const told = {
    channelId: 'c1',
    medium: 'custom',
    identityKey: 'k1',
    displayName: 'Ada',
    values: [
      { alias: 'plan', value: 'pro', matchKeys: ['k-pro'] },
      { alias: 'language', value: 'nl', matchKeys: [] },
    ],
    language: 'nl',
  } as const;
  const source = 'channel';
  const plan = event('AttributeSet', { alias: 'plan', medium: 'custom', value: 'pro', source, matchKeys: ['k-pro'] });
  const spoken = event('AttributeSet', { alias: 'language', medium: 'custom', value: 'nl', source });
  const language = event('AttributeSet', { alias: 'language', value: 'nl', source });
  const profileName = event('ProfileNameChanged', { identityKey: 'k1', profileName: 'Ada' });

  it('ATT-1: becomes values of the medium, and the standard language', () => {
    given(known).when(command('RecordProfile', told)).then([profileName, plan, spoken, language]);
  });

  it('ATT-1: equal values record nothing; what is not told stays', () => {
    const before = [...known, profileName, plan, spoken, language];
    given(before).when(command('RecordProfile', told)).then([]);
    given(before)
      .when(command('RecordProfile', { ...told, displayName: undefined, values: [], language: undefined }))
      .then([]);
  });

  it('ATT-1: a language corrected by hand stays until the channel tells another one', () => {
    const corrected = event('AttributeSet', { alias: 'language', value: 'fr', source: 'agent' });
    const before = [...known, profileName, plan, spoken, language, corrected];
    given(before).when(command('RecordProfile', told)).then([]);
    given(before)
      .when(
        command('RecordProfile', {
          ...told,
          values: [{ alias: 'language', value: 'de', matchKeys: [] }],
          language: 'de',
        }),
      )
      .then([
        event('AttributeSet', { alias: 'language', medium: 'custom', value: 'de', source }),
        event('AttributeSet', { alias: 'language', value: 'de', source }),
      ]);
  });

  it('ASG-6: shows the contact to those with access to another channel of the same scope', () => {
    given(known)
      .when(command('RecordProfile', { ...told, channelId: 'c2', displayName: undefined, values: [] }))
      .then([event('ContactSeenOnChannel', { channelId: 'c2', identityKey: 'k1' })]);
  });

  it('CON-2: says nothing about a contact without the identity', () => {
    given([created]).when(command('RecordProfile', told)).then({ code: 'not-found' });
  });
});
