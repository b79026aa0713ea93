import { checkSample } from './checks/cold-fold.js';
import { checkCounts } from './checks/counts.js';
import { checkAudit, checkErased } from './checks/deletions.js';
import { checkKeys, checkRedactions } from './checks/keys.js';
import { checkPositions } from './checks/positions.js';
import { checkIdentity } from './checks/stores.js';
import { sick } from './finding.js';
import type { Finding } from './finding.js';
import type { DoctorOptions, DoctorPorts } from './ports.js';

type Check = (ports: DoctorPorts, options: DoctorOptions) => Promise<readonly Finding[]>;

const checks: Readonly<Record<string, Check>> = {
  stores: checkIdentity,
  models: checkPositions,
  keys: checkKeys,
  redactions: checkRedactions,
  sample: checkSample,
  'deletion audit': checkAudit,
  'erased contacts': checkErased,
};

/** Every check in turn. One that cannot be made is a finding like any other; the others go on. */
export async function examine(ports: DoctorPorts, options: DoctorOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const wanted = options.count ? { ...checks, counts: checkCounts } : checks;
  for (const [name, check] of Object.entries<Check>(wanted)) {
    try {
      findings.push(...(await check(ports, options)));
    } catch (fault) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      findings.push(sick(name, `could not be looked at: ${reason}`, 'mend that first, then ask the doctor again'));
    }
  }
  return findings;
}
