/** What one check found. */
export interface Finding {
  /** `key store`, `models`, `deletion audit`, …: what was looked at. */
  readonly check: string;
  readonly ok: boolean;
  /** What was found, in a sentence. Names ids, never personal data. */
  readonly found: string;
  /** What to do about it; only when not `ok`. */
  readonly advice?: string;
}

export const healthy = (check: string, found: string): Finding => ({ check, ok: true, found });
export const sick = (check: string, found: string, advice: string): Finding => ({ check, ok: false, found, advice });

/** The first few of a list that may be long. */
export function some(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ');
  return ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown;
}
