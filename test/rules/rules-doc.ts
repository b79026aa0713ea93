import { glob, readFile } from 'node:fs/promises';
import { rules } from './rules.js';

/** A test whose title names a rule. */
interface Proof {
  readonly file: string;
  readonly title: string;
}

const doorOnly = '(door only)';
const titles =
  /\b(?:describe|it|test)(?:\.each(?:<[^(]*>)?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*?)\1/g;
const ruleNumber = /\b(?:CON|ATT|LNK|CNV|ASG|REP|DEL|HIS)-\d+\b/g;

/** `docs/rules.md`: every rule with the tests that name it, so that a missing one shows. */
export async function rulesDoc(root: string): Promise<string> {
  const proofs = await proofsByRule(root);
  const lines = [
    '# Rules',
    '',
    'Generated from the titles of the tests. A rule that waits for an engine to come has its door only: the command that',
    'the engine will send. A rule that no test names is not built yet.',
    '',
  ];
  for (const { section, prefix, sentences } of rules) {
    lines.push(`## ${section}`, '');
    for (const [number, sentence] of Object.entries(sentences)) {
      const rule = `${prefix}-${number}`;
      const found = proofs.get(rule) ?? [];
      const door = found.length > 0 && found.every(({ title }) => title.endsWith(doorOnly));
      lines.push(`### ${rule}`, '', `${sentence}${door ? ' **Door only.**' : ''}`, '');
      lines.push(...(found.length > 0 ? found.map(line) : ['Not built yet.']), '');
    }
  }
  return lines.join('\n');
}

/** Rules that no test names. */
export async function unprovedRules(root: string): Promise<string[]> {
  const proofs = await proofsByRule(root);
  const all = rules.flatMap(({ prefix, sentences }) => Object.keys(sentences).map((number) => `${prefix}-${number}`));
  return all.filter((rule) => !proofs.has(rule));
}

async function proofsByRule(root: string): Promise<ReadonlyMap<string, readonly Proof[]>> {
  const proofs = new Map<string, Proof[]>();
  const files = await Array.fromAsync(glob('{apps,libs,test}/**/*.spec.ts', { cwd: root }));
  for (const file of files.sort()) {
    const text = await readFile(`${root}/${file}`, 'utf8');
    for (const [, , title = ''] of text.matchAll(titles)) {
      for (const [rule] of title.matchAll(ruleNumber)) {
        const found = proofs.get(rule) ?? [];
        if (!found.some((proof) => proof.file === file && proof.title === title)) found.push({ file, title });
        proofs.set(rule, found);
      }
    }
  }
  return proofs;
}

const line = ({ file, title }: Proof): string =>
  `- ${title.replaceAll(/\s+/g, ' ').replaceAll(/([<>*_|\\])/g, '\\$1')} (\`${file}\`)`;
