import { readFile, writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { sha256, verifySignature } from '#adapters/runtime';
import { isIntact } from '#deletion-audit/audit';
import type { AuditHead, Signed } from '#deletion-audit/audit';
import { faultOfCertificate } from '#deletion-audit/certificate';
import { localApi, type ApiClient } from '../api-client.js';
import { bearerOption, dataOption, jsonOption, urlOption } from './options.js';

interface Options {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
  readonly json: boolean;
}

interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: string;
  readonly continuesHead?: boolean;
}

const path = '/v1/audit/deleted-contacts';

/** `ledger audit …`: proves what was deleted, and that nothing was taken out of the proof. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('the audit of deletions')
    .addCommand(verifyCommand())
    .addCommand(sealCommand())
    .addCommand(verifyCertificateCommand());
}

/** Fails when the chain does not hold, or lacks something that it held when the head was sealed. */
function verifyCommand(): Command {
  return onApi(new Command('verify'))
    .description('recompute the hash chain over every deletion')
    .option('--head <file>', 'a head that was sealed before: also finds out whether the end was cut off')
    .addOption(keyOption())
    .action(async ({ head: file, key, json, ...options }: Options & { head?: string; key?: string }) => {
      const head = file === undefined ? undefined : await headIn(file, key);
      const query = head ? `?events=${head.events}&head=${head.head}` : '';
      const api = await apiOf(options);
      const found = await api.call<Verification>({ role: 'auditor', method: 'GET', path: `${path}/verify${query}` });
      const lost = found.continuesHead === false;
      const words = lost
        ? 'THE CHAIN LACKS WHAT THE SEALED HEAD HELD: deletions were lost'
        : found.ok
          ? 'the chain holds'
          : 'THE CHAIN IS BROKEN';
      process.stdout.write(
        `${json ? JSON.stringify(found) : `${words}: ${found.entries} deletions, head ${found.head}`}\n`,
      );
      if (!found.ok || lost) process.exitCode = 1;
    });
}

function sealCommand(): Command {
  return onApi(new Command('seal'))
    .description('write the signed head of the chain; keep it where the system cannot change it')
    .option('--out <file>', 'where to', 'audit-head.json')
    .action(async ({ out, json, ...options }: Options & { out: string }) => {
      const api = await apiOf(options);
      const head = await api.call<Signed<AuditHead>>({ role: 'auditor', method: 'GET', path: `${path}/head` });
      await writeFile(out, `${JSON.stringify(head, undefined, 2)}\n`);
      const text = `${out}: ${head.entries} deletions, head ${head.head}, key ${head.publicKey}`;
      process.stdout.write(`${json ? JSON.stringify(head) : text}\n`);
    });
}

/** Needs no system: only the file, and, to know whose signature it is, the key. */
function verifyCertificateCommand(): Command {
  return new Command('verify-certificate')
    .description('check the certificate of an erasure, offline')
    .argument('<file>')
    .addOption(keyOption())
    .addOption(jsonOption())
    .action(async (file: string, { key, json }: { key?: string; json: boolean }) => {
      const trust = { publicKey: key, verify: verifySignature, sha256 };
      const fault = faultOfCertificate(JSON.parse(await readFile(file, 'utf8')), trust);
      const text = fault === undefined ? 'the certificate is genuine' : `THE CERTIFICATE DOES NOT HOLD: ${fault}`;
      process.stdout.write(`${json ? JSON.stringify({ ok: fault === undefined, fault }) : text}\n`);
      if (fault !== undefined) process.exitCode = 1;
    });
}

const keyOption = () => new Option('--key <base64>', 'public key of the installation that must have signed it');

const onApi = (command: Command): Command =>
  command.addOption(dataOption()).addOption(urlOption()).addOption(bearerOption()).addOption(jsonOption());

const apiOf = ({ data, url, token }: Omit<Options, 'json'>): Promise<ApiClient> =>
  localApi({ dataDir: data, ...(url && { url }), ...(token && { token }) });

async function headIn(file: string, key: string | undefined): Promise<AuditHead> {
  const head = JSON.parse(await readFile(file, 'utf8')) as Signed<AuditHead>;
  if (key !== undefined && head.publicKey !== key) throw new Error(`${file} was signed with another key`);
  if (!isIntact(head, verifySignature)) throw new Error(`${file} is not what was sealed`);
  return head;
}
