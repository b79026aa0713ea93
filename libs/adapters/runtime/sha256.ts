import { hash } from 'node:crypto';

/** SHA-256 over the text's UTF-8 bytes, in lower-case hex. */
export const sha256 = (text: string): string => hash('sha256', text);
