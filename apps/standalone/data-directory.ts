import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigurationError } from '#adapters/configuration';

/**
 * Takes the data directory for this process. The lock is one that the operating system frees when the process is
 * killed: a pid file would survive a power cut and refuse the next start.
 */
export async function lockDataDirectory(dataDir: string): Promise<{ release: () => void }> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dataDir, 'lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new ConfigurationError(`the data directory ${dataDir} is in use by another instance`);
  }
  return {
    release: () => {
      lock.close();
    },
  };
}
