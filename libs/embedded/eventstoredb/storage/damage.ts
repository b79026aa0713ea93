/** The files of the store contradict themselves. The message names what was found, never a payload. */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
}
