/** The target cannot become a copy of the source; the message says where they part and what to do. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}
