import { StoreUnavailable } from '#event-sourcing';
import type { Position, ToDoContext, WorkflowPorts } from '#event-sourcing';
import { matches } from '../condition/index.js';
import { recordMembersFound } from '../computation/index.js';
import { groupDirectory, putIntoEffect } from '../groups/index.js';
import type { GroupTerms } from '../groups/index.js';
import { groupMembersModel, traitsOf } from '../members/index.js';
import type { GroupMemberDocument } from '../members/index.js';
import type { LookFurther } from './todo.js';

const contactsAtOnce = 500;
/** A part ends after so many contacts, found or not: an interruption costs that much work at most. */
const contactsOfPart = 5_000;
/** And with so many members, so that its event stays small. */
const membersOfPart = 500;
const patienceMs = 5_000;

/**
 * Looks at the next contacts, and records whom it found; at the end the version is in force. The models have seen the
 * change by then: who changes later is asked by the projection itself.
 */
export async function lookFurther(
  ports: WorkflowPorts,
  todo: LookFurther,
  { key, header }: ToDoContext,
): Promise<Position> {
  const { runner, views, models } = ports;
  const { version, since, after } = todo;
  await models.waitFor(since, patienceMs);
  if (views.position < since) throw new StoreUnavailable('event-store', 'the configuration is not there yet');
  const terms = views.read(groupDirectory).get(key)?.computing;
  if (terms?.version !== version) return since;
  const part = await search(ports, terms, after);
  if (part.upTo === after) {
    const settled = await putIntoEffect(runner, header, { groupId: key, version });
    return settled.accepted ? settled.position : since;
  }
  const { contactIds, looked, upTo } = part;
  const found = { groupId: key, version, contactIds, checked: todo.checked + looked, upTo: upTo ?? '', after };
  const recorded = await recordMembersFound(runner, header, found);
  return recorded.accepted ? recorded.position : since;
}

interface Part {
  readonly contactIds: readonly string[];
  readonly looked: number;
  /** The last one looked at; where the search began when there was nobody more. */
  readonly upTo: string | null;
}

async function search({ models }: WorkflowPorts, terms: GroupTerms, after: string | null): Promise<Part> {
  const contactIds: string[] = [];
  let upTo = after;
  let looked = 0;
  while (looked < contactsOfPart && contactIds.length < membersOfPart) {
    const page = await models.page<GroupMemberDocument>(groupMembersModel, {
      where: {},
      sort: {},
      limit: contactsAtOnce,
      ...(upTo !== null && { after: [upTo] }),
    });
    looked += page.length;
    upTo = page.at(-1)?._id ?? upTo;
    contactIds.push(
      ...page.filter(({ profile }) => matches(terms.condition, traitsOf(profile), terms)).map(({ _id }) => _id),
    );
    if (page.length < contactsAtOnce) break;
  }
  return { contactIds, looked, upTo };
}
