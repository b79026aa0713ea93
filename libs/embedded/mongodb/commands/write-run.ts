import { Pacer } from '../cursors/batch.js';
import type { Database } from '../storage/database.js';
import type { Batch } from '../storage/database-file.js';
import { storageFailure } from '../storage/failures.js';
import { MongoError } from '../values/index.js';
import type { Request } from './command.js';
import { wantsDurability } from './concerns.js';

/** The changes of one command, which may be spread over several shared transactions when it takes long. */
export class WriteRun {
  readonly pacer: Pacer;
  private readonly batches = new Set<Batch>();

  constructor(
    private readonly request: Request,
    readonly database: Database,
  ) {
    this.pacer = new Pacer(request.deadline, request.client.closed, () => database.file.busy);
  }

  /** Runs synchronous work inside the shared transaction; a fault in its middle takes the whole transaction back. */
  change<T>(work: () => T): T {
    const { file } = this.database;
    try {
      this.batches.add(file.joinBatch());
      return work();
    } catch (error) {
      // What the client did wrong is found before anything is changed; anything else may have stopped half way.
      if (!(error instanceof MongoError)) file.abort(error);
      throw storageFailure(error, file.path);
    }
  }

  /** Resolves once all changes are as safe as the client wants them. Throws what storage reports, as a client may see it. */
  async settled(): Promise<void> {
    const durable = wantsDurability(this.request.body);
    try {
      for (const batch of this.batches) await (durable ? batch.durable : batch.committed);
    } catch (error) {
      throw storageFailure(error, this.database.file.path);
    }
  }
}
