import { DamagedData } from '#event-sourcing';
import type { KeyNode } from '#event-sourcing';

const keyBytes = 32;

/** One node after another: length of its path, the path in ASCII, 32 bytes of key. */
export function bytesOfNodes(nodes: readonly KeyNode[]): Uint8Array {
  return Buffer.concat(
    nodes.flatMap(({ path, key }) => [Buffer.from([path.length]), Buffer.from(path, 'latin1'), key]),
  );
}

export function nodesOfBytes(bytes: Uint8Array): readonly KeyNode[] {
  const nodes: KeyNode[] = [];
  for (let at = 0; at < bytes.length;) {
    const key = at + 1 + (bytes[at] ?? 0);
    if (key + keyBytes > bytes.length) throw new DamagedData('a key of the key store');
    const path = Buffer.from(bytes.subarray(at + 1, key)).toString('latin1');
    nodes.push({ path, key: bytes.subarray(key, key + keyBytes) });
    at = key + keyBytes;
  }
  return nodes;
}
