import { accessDirectory } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import type { Medium } from '#channels/channel';
import { closingNotesDirectory } from '#conversations/closing-notes';
import type { Actor, LiveViews } from '#event-sourcing';

/** What people call the things that events name by id. What has no name any more is called by its id. */
export interface Names {
  actor(actor: Actor): string;
  user(userId: string): string;
  team(teamId: string): string;
  channel(channelId: string): string;
  attribute(alias: string, medium: Medium | undefined): string;
  category(categoryId: string): string;
  readonly catalogue: AttributeCatalogue;
}

export function namesIn(views: LiveViews): Names {
  const { users, teams } = views.read(accessDirectory);
  const channels = views.read(channelDirectory);
  const catalogue = views.read(attributeDirectory);
  const { categories } = views.read(closingNotesDirectory);
  const user = (userId: string): string => users.get(userId)?.name ?? userId;
  return {
    actor({ id, role }) {
      switch (role) {
        case 'contact':
          return 'The contact';
        case 'workflow':
          return 'The system';
        case 'automation':
          return 'An automation';
        case 'bot':
          return 'A bot';
        default:
          return user(id);
      }
    },
    user,
    team: (teamId) => teams.get(teamId)?.name ?? teamId,
    channel: (channelId) => channels.get(channelId)?.name ?? channelId,
    attribute: (alias, medium) =>
      catalogue.find((definition) => definition.alias === alias && definition.medium === medium)?.label ?? alias,
    category: (categoryId) => categories.get(categoryId)?.name ?? categoryId,
    catalogue,
  };
}
