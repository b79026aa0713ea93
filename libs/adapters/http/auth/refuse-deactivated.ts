import { accessDirectory } from '#access/user';
import type { LiveViews } from '#event-sourcing';
import { Problem } from '../problems/problem.js';
import type { Caller } from './caller.js';

/** Throws `user-deactivated` for who has left: their token may be good for a while yet. */
export function refuseDeactivated(views: LiveViews, { subject }: Caller): void {
  if (views.read(accessDirectory).users.get(subject)?.active === false) throw new Problem('user-deactivated');
}
