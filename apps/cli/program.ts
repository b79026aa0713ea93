import { Command } from 'commander';
import { auditCommand } from './commands/audit.js';
import { copyCommand } from './commands/copy.js';
import { demoCommand } from './commands/demo.js';
import { keysCommand } from './commands/keys.js';
import { doctorCommand } from './commands/doctor.js';
import { rebuildCommand } from './commands/rebuild.js';
import { replayCommand } from './commands/replay.js';
import { startCommand } from './commands/start.js';
import { tokenCommand } from './commands/token.js';

/** The command line. Every command takes `--json`, and answers 0 done, 1 failed, 2 called wrongly. */
export function createProgram(): Command {
  return new Command('ledger')
    .description('Inbox Ledger: run it, fill it, rebuild its models, copy and replay its log, check its audit')
    .showHelpAfterError('(ledger --help lists the commands)')
    .addCommand(startCommand())
    .addCommand(demoCommand())
    .addCommand(rebuildCommand())
    .addCommand(doctorCommand())
    .addCommand(copyCommand())
    .addCommand(replayCommand())
    .addCommand(auditCommand())
    .addCommand(keysCommand())
    .addCommand(tokenCommand());
}
