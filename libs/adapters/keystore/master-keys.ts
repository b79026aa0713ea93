import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DamagedData, ForeignStore } from '#event-sourcing';
import type { WrappedSecret } from './key-records.js';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';
const line = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z)\s+([A-Za-z0-9+/]{43}=)$/;
const heading =
  '# Master keys of Inbox Ledger. The newest wraps, older ones only unwrap. Keep a copy apart from other backups.';

/** Where the master keys are: a file (it may change while the process runs), or the text itself. */
export type MasterKeySource = { readonly file: string } | { readonly text: string };

/** Wraps and unwraps secrets of the key store under dated versions of a master key. */
export interface MasterKeys {
  /** Version that wraps today. */
  newest(): string;
  wrap(name: string, secret: Uint8Array): WrappedSecret;
  /** Throws `ForeignStore` when the secret was wrapped by other keys. */
  unwrap(name: string, secret: WrappedSecret): Uint8Array;
}

/** Throws `ForeignStore` when there is no key, or something else than keys. */
export function openMasterKeys(source: MasterKeySource): MasterKeys {
  let read = readKeys(source);

  /** After a rotation by another process. */
  function readAgain(): void {
    if ('file' in source && changedAt(source.file) !== read.changed) read = readKeys(source);
  }

  return {
    newest() {
      readAgain();
      return read.newest;
    },
    wrap(name, secret) {
      readAgain();
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, keyOf(read.newest), iv);
      sealing.setAAD(Buffer.from(name));
      const sealed = [sealing.update(secret), sealing.final()];
      return { master: read.newest, wrapped: Buffer.concat([iv, sealing.getAuthTag(), ...sealed]) };
    },
    unwrap(name, { master, wrapped }) {
      if (!read.keys.has(master)) readAgain();
      if (wrapped.length < ivBytes + tagBytes) throw new DamagedData(`the secret ${name} of the key store`);
      const opening = createDecipheriv(cipher, keyOf(master), wrapped.subarray(0, ivBytes));
      opening.setAAD(Buffer.from(name));
      opening.setAuthTag(wrapped.subarray(ivBytes, ivBytes + tagBytes));
      try {
        return Buffer.concat([opening.update(wrapped.subarray(ivBytes + tagBytes)), opening.final()]);
      } catch (cause) {
        throw new ForeignStore(`the master key ${master} does not open this key store`, { cause });
      }
    },
  };

  function keyOf(version: string): Uint8Array {
    const key = read.keys.get(version);
    if (!key) throw new ForeignStore(`the master key ${version}, which this key store needs, is not there`);
    return key;
  }
}

/** Makes the file, readable for its owner only, with one key, unless it is there. */
export function makeMasterKeyFile(file: string, at: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // The lock of the data directory keeps others from doing the same at this moment.
  if (!existsSync(file)) writeFileSync(file, `${heading}\n${newLine(at)}`, { mode: 0o600, flush: true });
}

/** Adds a version that wraps from now on. The file is replaced as a whole, so that nobody ever reads half of it. */
export function addMasterKey(file: string, at: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(`${file}.new`, `${text.trimEnd()}\n${newLine(at)}`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

const newLine = (at: string): string => `${at} ${randomBytes(keyBytes).toString('base64')}\n`;

const changedAt = (file: string): number => statSync(file).mtimeMs;

interface ReadKeys {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly newest: string;
  readonly changed: number;
}

function readKeys(source: MasterKeySource): ReadKeys {
  const changed = 'file' in source ? changedAt(source.file) : 0;
  const text = 'file' in source ? readFileSync(source.file, 'utf8') : source.text.replaceAll(',', '\n');
  const keys = new Map<string, Uint8Array>();
  for (const raw of text.split('\n')) {
    const written = raw.trim();
    if (written === '' || written.startsWith('#')) continue;
    const [, version, key] = line.exec(written) ?? [];
    if (version === undefined || key === undefined) {
      throw new ForeignStore('a master key is a line of its date (RFC 3339, UTC) and 32 bytes of base64');
    }
    keys.set(version, Buffer.from(key, 'base64'));
  }
  const newest = [...keys.keys()].toSorted().at(-1);
  if (newest === undefined) throw new ForeignStore('there is no master key');
  return { keys, newest, changed };
}
