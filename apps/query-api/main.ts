import { runApiSide } from '#adapters/api-process';

// The query side of the API alone.
await runApiSide('query');
