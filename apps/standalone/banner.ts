/** Says where to look, and, at the first start of a data directory only, the tokens. */
export function printWelcome(running: {
  readonly apiUrl: string;
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly dataDir: string;
  readonly tokens: Readonly<Record<string, string>> | undefined;
}): void {
  const lines = [
    '',
    'Inbox Ledger is running.',
    '',
    `  API            ${running.apiUrl}/v1`,
    `  readable API   ${running.apiUrl}/docs`,
    `  health         ${running.apiUrl}/health/ready`,
    `  event store    ${withoutPassword(running.eventStoreUrl)}`,
    `  read models    ${withoutPassword(running.mongoUrl)}`,
    `  data           ${running.dataDir}`,
    `  tokens         ${running.dataDir}/dev-tokens.json`,
    '',
  ];
  if (running.tokens) {
    lines.push('Tokens, shown this once:', '');
    for (const [role, token] of Object.entries(running.tokens)) lines.push(`  ${role.padEnd(8)} ${token}`);
    lines.push('');
  }
  lines.push('Fill it with a believable day: npm run demo', '');
  process.stdout.write(lines.join('\n') + '\n');
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
