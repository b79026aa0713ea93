import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a folder in which any of the bytes stand, upper or lower case. */
export function filesWith(folder: string, needles: readonly Buffer[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => {
      const bytes = readFileSync(file);
      const folded = Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1');
      return needles.some((needle) => bytes.includes(needle) || folded.includes(needle));
    });
}
