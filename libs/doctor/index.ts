export { examine } from './examine.js';
export type { Finding } from './finding.js';
export type { DoctorOptions, DoctorPorts } from './ports.js';
