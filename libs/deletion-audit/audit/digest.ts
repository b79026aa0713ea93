/** SHA-256 over the text's UTF-8 bytes, 64 characters of lower-case hex. Handed in, because contexts do no I/O and no cryptography. */
export type Sha256 = (text: string) => string;

/** Injection token of the `Sha256` function. */
export const sha256Token = Symbol('Sha256');
