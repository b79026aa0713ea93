import { runApiSide } from '#adapters/api-process';

// The command side of the API alone.
await runApiSide('command');
