import { Inject, Injectable } from '@nestjs/common';
import { accessDirectory, RegisterUser } from '#access/user';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import type { Caller } from './caller.js';

/** Makes the holder of a valid token a user without access, and takes over a new name or role. */
@Injectable()
export class KnownUsers {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  async meet(caller: Caller, requestId: string): Promise<void> {
    const { subject: userId, name, role } = caller;
    const known = this.views.read(accessDirectory).users.get(userId);
    if (known?.name === name && known.role === role) return;
    const registered = await this.commands.run(
      new RegisterUser(this.origins.ofCaller(caller, requestId), { userId, name, role }),
    );
    await this.views.waitFor(registered.position);
  }
}
