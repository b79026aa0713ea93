import type { SealedPlace, SubjectKey } from './ports/key-ring.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * Where the personal fields of an event stand in the store: apart from the rest, one envelope per subject, sealed under
 * the subject's key. `v` names the layout; what is stored stays as it is. Layout 1:
 */
export interface PersonalEnvelope {
  readonly v: 1;
  /** Reference of the key: the id of the subject, whose personal data it is. */
  readonly key: string;
  /** Names of the fields: who cannot open them any more still knows what they were. */
  readonly fields: readonly string[];
  /** The fields as a JSON object, sealed at the event's place (`SubjectKey`). */
  readonly sealed: string;
}

/** Newest layout that this build reads. */
export const newestEnvelope = 1;

export function sealEnvelope(subject: string, key: SubjectKey, place: SealedPlace, fields: Values): PersonalEnvelope {
  return { v: 1, key: subject, fields: Object.keys(fields), sealed: key.seal(place, JSON.stringify(fields)) };
}

/** Layout that an envelope claims; `undefined` when it is none at all. */
export function envelopeVersion(stored: unknown): number | undefined {
  if (typeof stored !== 'object' || stored === null || !('v' in stored)) return undefined;
  return Number.isSafeInteger(stored.v) ? Number(stored.v) : undefined;
}

export function isEnvelope(stored: unknown): stored is PersonalEnvelope {
  if (envelopeVersion(stored) !== 1) return false;
  const { key, fields, sealed }: Partial<Record<keyof PersonalEnvelope, unknown>> = stored as object;
  if (typeof key !== 'string' || typeof sealed !== 'string') return false;
  return Array.isArray(fields) && fields.every((name) => typeof name === 'string');
}

/** Throws `DamagedData`. */
export function openEnvelope({ sealed }: PersonalEnvelope, key: SubjectKey, place: SealedPlace): Values {
  // What opens is what `sealEnvelope` has sealed.
  return JSON.parse(key.open(place, sealed)) as Values;
}
