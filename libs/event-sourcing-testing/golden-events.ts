import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { createCatalogue, createEventCodec } from '#event-sourcing';
import type { EventDefinition } from '#event-sourcing';

/** An event as some version wrote it, and what it means today. */
interface GoldenEvent {
  readonly stored: { readonly data: unknown; readonly metadata: unknown };
  readonly decoded: readonly { readonly type: string; readonly data: unknown }[];
}

/**
 * Declares the tests that keep every event readable that was ever written: `golden/<Event>.v<n>.json` beside `folder`'s
 * spec for each version of each definition. A file never changes and never goes; a new version brings another one.
 */
export function testGoldenEvents(folder: string, definitions: readonly EventDefinition[]): void {
  const golden = join(folder, 'golden');
  const codec = createEventCodec(createCatalogue([{ categories: ['golden'], definitions }]));
  const versions = definitions.flatMap(({ type, version }) =>
    Array.from({ length: version }, (_, index) => ({ type, version: index + 1 })),
  );

  it('keeps one golden file per event version ever written', () => {
    const files = versions.map(({ type, version }) => `${type}.v${version}.json`);
    expect(readdirSync(golden).sort()).toStrictEqual(files.sort());
  });

  it.each(versions)('reads $type as version $version wrote it', ({ type, version }) => {
    const { stored, decoded } = JSON.parse(
      readFileSync(join(golden, `${type}.v${version}.json`), 'utf8'),
    ) as GoldenEvent;
    const place = { id: 'e', stream: 'golden-1', revision: 0, position: 1, created: '2026-03-02T09:00:00.000Z' };
    const read = codec.decode({ ...place, type, ...stored });
    expect(read.map((event) => ({ type: event.type, data: event.data }))).toStrictEqual(decoded);
  });
}
