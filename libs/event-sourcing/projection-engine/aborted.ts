/**
 * Whether the signal has aborted by now. Read as a property, the compiler takes the answer before an `await` for the
 * one after it.
 */
export function aborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
