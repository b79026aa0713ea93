import { reaches } from '#access/user';
import type { ChannelAccess } from '#access/user';

/** ASG-6 and CON-1: whether the contact exists for who has this access. */
export function seesContact(
  contact: { readonly channelIds: readonly string[]; readonly createdBy: string },
  viewer: { readonly userId: string; readonly channels: ChannelAccess },
): boolean {
  const { channelIds, createdBy } = contact;
  return reaches(viewer.channels, channelIds) || (channelIds.length === 0 && createdBy === viewer.userId);
}
