import { scavengeNodes } from '#adapters/eventstoredb';
import type { Scavenger } from '#event-sourcing';

/** `at-once`, or a time of day in UTC (`02:00`) at which the stores are less busy. */
export type ScavengeTime = string;

const day = 24 * 3_600_000;

export function createScavenger(stores: {
  readonly eventStoreUrl: string;
  readonly compactModels: () => Promise<void>;
  readonly time: ScavengeTime;
}): Scavenger {
  const { eventStoreUrl, compactModels, time } = stores;
  return {
    compactModels,
    due(at) {
      if (time === 'at-once') return at;
      const today = `${at.slice(0, 10)}T${time}:00.000Z`;
      return today > at ? today : new Date(Date.parse(today) + day).toISOString();
    },
    async scavenge() {
      await scavengeNodes(eventStoreUrl);
      await compactModels();
    },
  };
}
