import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  commandHeader,
  recordEvents,
  scenariosOf,
  testDeciderProperties,
  testGoldenEvents,
} from '#event-sourcing-testing';
import type { ChangeChannel, ChannelCommand, ConnectChannel } from './commands.js';
import { channelDecider } from './decide.js';
import { channelDirectory } from './directory.js';
import { channelEvents, channelSecrets } from './events.js';
import type { ChannelEvent } from './events.js';
import { defaultIdScope, media } from './media.js';

const { given } = scenariosOf(channelDecider);
const header = commandHeader();

const connect = (data: Partial<ConnectChannel> = {}): ConnectChannel => ({
  ...header,
  type: 'ConnectChannel',
  channelId: 'c1',
  medium: 'whatsapp',
  name: 'Support',
  idScope: 'platform',
  secrets: [],
  ...data,
});
const change = (data: Partial<ChangeChannel>): ChangeChannel => ({
  ...header,
  type: 'ChangeChannel',
  channelId: 'c1',
  name: undefined,
  enabled: undefined,
  idScope: undefined,
  secrets: [],
  ...data,
});
const connected: ChannelEvent = {
  type: 'ChannelConnected',
  data: { channelId: 'c1', medium: 'whatsapp', name: 'Support', idScope: 'platform' },
};
const secretSet = (sealed: string): ChannelEvent => ({
  type: 'ChannelSecretSet',
  data: { channelId: 'c1', secret: 'appSecret', sealed },
});
const disabled: ChannelEvent = { type: 'ChannelDisabled', data: { channelId: 'c1' } };

describe('connecting a channel', () => {
  it('CNV-4: records the account, then its secrets', () => {
    given([])
      .when(connect({ secrets: [{ secret: 'appSecret', sealed: 's1' }] }))
      .then([connected, secretSet('s1')]);
  });

  it('CNV-2: takes every medium, whoever delivers its messages', () => {
    for (const medium of media) {
      given([])
        .when(connect({ medium }))
        .then([{ ...connected, data: { ...connected.data, medium } }]);
    }
  });

  it('CON-2: takes the ids of a platform as the same person on every account, others as the channel’s own', () => {
    expect(media.map((medium) => [medium, defaultIdScope(medium, 'c1')])).toStrictEqual([
      ['whatsapp', 'platform'],
      ['messenger', 'c1'],
      ['instagram', 'c1'],
      ['x', 'platform'],
      ['viber', 'c1'],
      ['telegram', 'platform'],
      ['sms', 'platform'],
      ['email', 'platform'],
      ['webchat', 'c1'],
      ['custom', 'c1'],
    ]);
  });
});

describe('changing a channel', () => {
  it('CNV-4: records one fact for each thing that is another one than before', () => {
    given([connected, secretSet('s1')])
      .when(change({ name: 'Sales', enabled: false, secrets: [{ secret: 'appSecret', sealed: 's2' }] }))
      .then([{ type: 'ChannelRenamed', data: { channelId: 'c1', name: 'Sales' } }, secretSet('s2'), disabled]);
  });

  it('CNV-4: records nothing when all is as it was', () => {
    given([connected])
      .when(change({ name: 'Support', enabled: true, idScope: 'platform' }))
      .then([]);
  });

  it('CNV-4: switches on again', () => {
    given([connected, disabled])
      .when(change({ enabled: true }))
      .then([{ type: 'ChannelEnabled', data: { channelId: 'c1' } }]);
  });

  it('LNK-2: has the region of its numbers from the beginning, or from later on, until it has none', () => {
    const regionSet = (region: string): ChannelEvent => ({
      type: 'ChannelRegionSet',
      data: { channelId: 'c1', region },
    });
    given([])
      .when(connect({ region: 'DE' }))
      .then([connected, regionSet('DE')]);
    given([connected, regionSet('DE')])
      .when(change({ region: 'DE' }))
      .then([]);
    given([connected, regionSet('DE')])
      .when(change({ region: 'AT' }))
      .then([regionSet('AT')]);
    const removed: ChannelEvent = { type: 'ChannelRegionRemoved', data: { channelId: 'c1' } };
    given([connected, regionSet('DE')])
      .when(change({ region: null }))
      .then([removed]);
    given([connected, regionSet('DE'), removed])
      .when(change({ region: null }))
      .then([]);
    given([connected, regionSet('DE'), removed])
      .when(change({ region: 'DE' }))
      .then([regionSet('DE')]);
  });

  it('CON-2: never changes the id scope', () => {
    given([connected])
      .when(change({ idScope: 'elsewhere' }))
      .then({ code: 'id-scope-fixed' });
  });

  it('ASG-6: is refused when there is no such channel', () => {
    given([])
      .when(change({ name: 'Sales' }))
      .then({ code: 'not-found' });
  });
});

describe('the directory', () => {
  it('CNV-4: knows each channel as it is now', () => {
    const events = recordEvents([connected, secretSet('s1'), disabled]);
    expect(events.reduce(channelDirectory.evolve, channelDirectory.initial)).toStrictEqual(
      new Map([
        [
          'c1',
          {
            channelId: 'c1',
            medium: 'whatsapp',
            name: 'Support',
            idScope: 'platform',
            enabled: false,
            secrets: { appSecret: 's1' },
          },
        ],
      ]),
    );
  });
});

describe('every channel command and event', () => {
  const secrets = fc.uniqueArray(
    fc.record({ secret: fc.constantFrom(...channelSecrets), sealed: fc.constantFrom('s1', 's2') }),
    { selector: ({ secret }) => secret },
  );
  const text = fc.constantFrom('a', 'b');
  const commands: fc.Arbitrary<ChannelCommand> = fc.oneof(
    fc.record({ medium: fc.constantFrom(...media), name: text, idScope: text, secrets }).map(connect),
    fc
      .record({
        name: fc.option(text, { nil: undefined }),
        enabled: fc.option(fc.boolean(), { nil: undefined }),
        idScope: fc.option(text, { nil: undefined }),
        region: fc.constantFrom('DE', 'AT', null),
        secrets,
      })
      .map(change),
  );
  testDeciderProperties({ decider: channelDecider, definitions: channelEvents.definitions, commands });
  testGoldenEvents(import.meta.dirname, channelEvents.definitions);
});
