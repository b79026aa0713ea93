import { accessDirectory } from '#access/user';
import type { Viewer } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import { groupDirectory } from '#contact-groups/groups';
import { contactView } from '#contacts/contact-view';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { render } from '../variables/index.js';
import type { Rendered } from '../variables/index.js';

/** What a text is filled in from. */
export interface RenderingPorts {
  readonly models: ReadModels;
  readonly views: LiveViews;
}

/**
 * The text with the values that the sender sees on the contact's page (REP-2): what they do not see, no variable finds.
 */
export async function renderedReply(
  { models, views }: RenderingPorts,
  viewer: Viewer,
  contactId: string,
  text: string,
): Promise<Rendered> {
  const configuration = { catalogue: views.read(attributeDirectory), groups: views.read(groupDirectory) };
  const contact = await contactView(models, configuration, contactId, viewer);
  const agentName = views.read(accessDirectory).users.get(viewer.userId)?.name ?? viewer.userId;
  // A conversation of the time before a merge: its contact's primary speaks for it.
  if (contact && 'primaryId' in contact) return renderedReply({ models, views }, viewer, contact.primaryId, text);
  if (!contact || 'gone' in contact) return render(text, { contactName: null, agentName, attributes: [] });
  const { name, hint, attributes } = contact;
  // Without a name the page shows a masked identifier, which nobody is greeted with.
  return render(text, { contactName: name === hint ? null : name, agentName, attributes });
}
