export { certify, faultOfCertificate } from './certificate.js';
export type { CertificateFault, ErasureCertificate, ErasureFacts } from './certificate.js';
