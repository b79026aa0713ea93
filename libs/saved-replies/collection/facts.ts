import { accessDirectory } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import type { LiveViews } from '#event-sourcing';
import { unknownVariable } from '../variables/index.js';
import type { Sharing, SharingChange } from './commands.js';

/** Whom a collection is offered to, and the first of them that there is not. */
export function sharingFacts(
  views: LiveViews,
  shared: { readonly channelIds: readonly string[]; readonly teamIds: readonly string[] },
): Sharing {
  const channelIds = [...new Set(shared.channelIds)];
  const teamIds = [...new Set(shared.teamIds)];
  const { teams } = views.read(accessDirectory);
  const unknownChannelId = channelIds.find((id) => !views.read(channelDirectory).has(id));
  const unknownTeamId = teamIds.find((id) => teams.get(id)?.archived !== false);
  return {
    channelIds,
    teamIds,
    ...(unknownChannelId !== undefined && { unknownChannelId }),
    ...(unknownTeamId !== undefined && { unknownTeamId }),
  };
}

/** `undefined`: neither channels nor teams are named. */
export function sharingChange(
  views: LiveViews,
  {
    channelIds,
    teamIds,
  }: { readonly channelIds?: readonly string[] | undefined; readonly teamIds?: readonly string[] | undefined },
): SharingChange | undefined {
  if (channelIds === undefined && teamIds === undefined) return undefined;
  const {
    channelIds: channels,
    teamIds: teams,
    ...unknown
  } = sharingFacts(views, {
    channelIds: channelIds ?? [],
    teamIds: teamIds ?? [],
  });
  return { ...unknown, ...(channelIds && { channelIds: channels }), ...(teamIds && { teamIds: teams }) };
}

export function contentFacts(views: LiveViews, text: string): { readonly unknownVariable?: string } {
  const unknown = unknownVariable(text, views.read(attributeDirectory));
  return unknown === undefined ? {} : { unknownVariable: unknown };
}
