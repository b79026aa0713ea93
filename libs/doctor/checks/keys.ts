import { contactsProjection } from '#contacts/contact-view';
import type { ContactDocument } from '#contacts/contact-view';
import { allRedactions } from '#deletion-audit/redactions-view';
import { healthy, sick, some } from '../finding.js';
import type { Finding } from '../finding.js';
import type { DoctorPorts } from '../ports.js';

const contactsAtOnce = 500;

/** Whether there is a key, or its marker, for every contact of whom anything personal was written. */
export async function checkKeys({ models, keys }: DoctorPorts): Promise<readonly Finding[]> {
  const missing: string[] = [];
  let looked = 0;
  for (let after: readonly string[] | undefined; ;) {
    const request = { where: {}, sort: {}, limit: contactsAtOnce, after };
    const page = await models.page<ContactDocument>(contactsProjection.name, request);
    const personal = page.filter(hasPersonalData).map(({ _id }) => _id);
    const found = await keys.find(personal);
    missing.push(...personal.filter((contactId) => !found.has(contactId)));
    looked += personal.length;
    const last = page.at(-1);
    if (!last || page.length < contactsAtOnce) break;
    after = [last._id];
  }
  if (missing.length === 0) return [healthy('keys', `there is one for each of ${looked} contacts`)];
  const advice =
    'an older key store was put back: put back the newest one; without it nobody can read what these contacts wrote';
  return [sick('keys', `of contacts are missing: ${some(missing)}`, advice)];
}

const hasPersonalData = ({ identities, values, givenName }: ContactDocument): boolean =>
  identities.length > 0 || values.length > 0 || givenName !== null;

/** DEL-8: whether what was redacted can be opened again. */
export async function checkRedactions({ models, keys, isPunctured }: DoctorPorts): Promise<readonly Finding[]> {
  const open: string[] = [];
  let looked = 0;
  for await (const { _id, subjectId, eventIds } of allRedactions(models)) {
    looked++;
    const kept = (await keys.find([subjectId])).get(subjectId);
    if (kept && eventIds.some((eventId) => !isPunctured(kept, eventId))) open.push(_id);
  }
  if (open.length === 0) return [healthy('redactions', `${looked}, and none can be undone`)];
  const advice = 'an older key store was put back: restart the worker, it takes their keys away once more';
  return [sick('redactions', `can be undone: ${some(open)}`, advice)];
}
