import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { createCatalogue, createEventCodec, sealEnvelope } from '#event-sourcing';
import type { EventDefinition, KeyRing } from '#event-sourcing';
import { createTestKeyRing } from './in-memory-key-store.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * An event as some version wrote it, and what it means today. What stands in its envelopes can be read here: how they
 * are sealed is the envelope's own golden file, not the event's.
 */
interface GoldenEvent {
  readonly stored: {
    readonly data: Values & { readonly $personal?: readonly { readonly subject: string; readonly fields: Values }[] };
    readonly metadata: unknown;
  };
  readonly decoded: readonly { readonly type: string; readonly data: unknown }[];
}

/**
 * Declares the tests that keep every event readable that was ever written: `golden/<Event>.v<n>.json` beside `folder`'s
 * spec for each version of each definition. A file never changes and never goes; a new version brings another one.
 */
export function testGoldenEvents(folder: string, definitions: readonly EventDefinition[]): void {
  const golden = join(folder, 'golden');
  const keys = createTestKeyRing();
  const codec = createEventCodec(createCatalogue([{ categories: ['golden'], definitions }]), keys);
  const versions = definitions.flatMap(({ type, version }) =>
    Array.from({ length: version }, (_, index) => ({ type, version: index + 1 })),
  );

  it('keeps one golden file per event version ever written', () => {
    const files = versions.map(({ type, version }) => `${type}.v${version}.json`);
    expect(readdirSync(golden).sort()).toStrictEqual(files.sort());
  });

  it.each(versions)('reads $type as version $version wrote it', async ({ type, version }) => {
    const { stored, decoded } = JSON.parse(
      readFileSync(join(golden, `${type}.v${version}.json`), 'utf8'),
    ) as GoldenEvent;
    const place = { id: 'e', stream: 'golden-1', revision: 0, position: 1, created: '2026-03-02T09:00:00.000Z' };
    const event = { ...place, type, metadata: stored.metadata, data: await sealed(keys, { type, ...stored }) };
    const decode = await codec.decoder([event]);
    const read = decode(event);
    expect(read.map((event) => ({ type: event.type, data: event.data }))).toStrictEqual(decoded);
  });
}

async function sealed(keys: KeyRing, { type, data }: { type: string; data: GoldenEvent['stored']['data'] }) {
  const { $personal: envelopes, ...plain } = data;
  if (!envelopes) return plain;
  const subjectKeys = await keys.toSeal(new Set(envelopes.map(({ subject }) => subject)));
  const $personal = envelopes.map(({ subject, fields }) => {
    const key = subjectKeys.get(subject);
    if (key === undefined || key === 'erased') throw new Error(`no key for ${subject}`);
    return sealEnvelope(subject, key, { stream: 'golden-1', type, eventId: 'e' }, fields);
  });
  return { ...plain, $personal };
}
