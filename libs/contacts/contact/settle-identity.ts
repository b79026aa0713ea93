import { Overloaded, PreconditionFailed } from '#event-sourcing';
import type { CommandHeader, CommandRunner, Ids } from '#event-sourcing';
import { moveIdentity, ownerOf } from '../identity/index.js';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';

/** Moves that one identity can meet while it is being moved: more is a storm, not a race. */
const mostRaces = 20;

/**
 * Gives the identity to whom the merges in force say it belongs; anyone may do it at any time. Answers where its claim
 * stands then; `undefined`: nobody owns it. The claim is read before the merges, and moved only as it was read: so a
 * merge that is undone meanwhile, or made again, is met by the revision.
 */
export async function settleIdentity(
  { runner, ids }: { readonly runner: CommandRunner; readonly ids: Ids },
  header: CommandHeader,
  identityKey: string,
): Promise<{ readonly ownerId: string; readonly revision: number; readonly position: number } | undefined> {
  for (let race = 0; race < mostRaces; race++) {
    const { ownerId, subjectId, revision, position } = await ownerOf(runner, identityKey, { fresh: true });
    if (ownerId === undefined || subjectId === undefined) return undefined;
    const contactId = await rightfulOwner(runner, subjectId);
    if (contactId === ownerId) return { ownerId, revision, position };
    const commandId = ids.derivedUuid('move-identity', identityKey, String(revision), contactId);
    const own = { ...header, commandId, commandHash: commandId, causationId: header.commandId };
    try {
      await moveIdentity(runner, own, { contactId, fromContactId: ownerId, identityKey }, revision);
    } catch (fault) {
      if (!(fault instanceof PreconditionFailed)) throw fault;
    }
  }
  throw new Overloaded(`identity ${identityKey}`);
}

/** The last primary of the merges that are in force: one that its primary has not recorded does not count yet. */
async function rightfulOwner(runner: CommandRunner, contactId: string): Promise<string> {
  const { state } = await runner.load(contactDecider, contactStream(contactId), { fresh: true });
  if (state.phase !== 'merged') return contactId;
  const { state: primary } = await runner.load(contactDecider, contactStream(state.primaryId), { fresh: true });
  if (primary.phase === 'deleting') return primary.mergedIds.includes(contactId) ? state.primaryId : contactId;
  const holder = primary.phase === 'merged' ? primary.contact : primary;
  const isInForce = holder.phase === 'known' && holder.absorbed.some(({ mergeId }) => mergeId === state.mergeId);
  return isInForce ? rightfulOwner(runner, state.primaryId) : contactId;
}
