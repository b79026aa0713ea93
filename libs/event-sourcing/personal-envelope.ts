/**
 * Where the personal fields of an event stand in the store: apart from the rest, one envelope per subject, so that they
 * can be encrypted under the subject's key. `v` names the layout of the envelope:
 * 0: `fields` in plain text. Exists only until encryption is there; no release writes it.
 * Further versions name a key and hold the sealed `fields`; what is stored stays as it is.
 */
export interface PersonalEnvelope {
  readonly v: 0;
  /** Id of the contact whose personal data it is. */
  readonly subject: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Newest layout that this build reads. */
export const newestEnvelope = 0;

export function sealEnvelope(subject: string, fields: Readonly<Record<string, unknown>>): PersonalEnvelope {
  return { v: 0, subject, fields };
}

/** Version that an envelope claims; `undefined` when it is none at all. */
export function envelopeVersion(stored: unknown): number | undefined {
  if (typeof stored !== 'object' || stored === null || !('v' in stored)) return undefined;
  return Number.isSafeInteger(stored.v) ? Number(stored.v) : undefined;
}

/** The personal fields, or `undefined` when the envelope is damaged. */
export function openEnvelope(stored: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof stored !== 'object' || stored === null || !('fields' in stored) || !('subject' in stored))
    return undefined;
  const { fields, subject } = stored;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields) || typeof subject !== 'string') {
    return undefined;
  }
  return { ...fields };
}
