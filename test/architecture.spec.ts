import { mkdtemp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = resolve(import.meta.dirname, '..');

async function violationsIn(folder: string): Promise<string[]> {
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.js'));
  const result = await cruise(['apps', 'libs'], { ...options, baseDir: folder }, undefined, {
    tsConfig: extractTSConfig(join(folder, 'tsconfig.json')),
  });
  const { summary } = result.output as ICruiseResult;
  return summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`);
}

describe('the boundaries of the house', () => {
  it('hold in the whole tree', async () => {
    expect(await violationsIn(root)).toEqual([]);
  }, 120_000);

  describe('bite when somebody crosses them', () => {
    const planted: Record<string, string> = {
      'apps/one/main.ts': "import '../two/main.js';\nimport '../../libs/contacts/contact/decide.js';\n",
      'apps/two/main.ts': 'export const two = 2;\n',
      'libs/contacts/contact/index.ts': "export { decide } from './decide.js';\n",
      'libs/contacts/contact/decide.ts':
        "import type { Db } from 'mongodb';\nimport { readFileSync } from 'node:fs';\nimport '../../../apps/two/main.js';\nexport const decide = (db: Db) => [db, readFileSync];\n",
      'libs/conversations/queue/index.ts':
        "import { decide } from '../../contacts/contact/decide.js';\nimport '#adapters/store';\nexport { decide };\n",
      'libs/adapters/store/index.ts': "import '#event-sourcing-testing';\nexport const store = 1;\n",
      'libs/event-sourcing-testing/index.ts': 'export const kit = 1;\n',
      'libs/event-sourcing/index.ts': "import '#contacts/contact';\nimport './missing.js';\nexport const kernel = 1;\n",
      'libs/embedded/server/index.ts': "import '#event-sourcing';\nimport './a.js';\nexport const server = 1;\n",
      'libs/embedded/server/a.ts': "import './index.js';\nexport const a = 1;\n",
    };
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'boundaries-'));
      for (const [path, text] of Object.entries(planted)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      for (const shared of ['node_modules', 'package.json', 'tsconfig.json']) {
        await symlink(join(root, shared), join(folder, shared));
      }
    });
    afterAll(async () => {
      await rm(folder, { recursive: true });
    });

    it('and every rule has a planted violation that it finds', async () => {
      const found = new Set((await violationsIn(folder)).map((violation) => violation.split(':')[0]));
      const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.js'));
      const rules = (options.ruleSet?.forbidden ?? []).map((rule) => rule.name);
      expect([...found].sort()).toEqual([...rules].sort());
    }, 120_000);
  });

  it('keep the top level as the README describes it', async () => {
    const folders = (await readdir(root, { withFileTypes: true })).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    const generated = new Set(['node_modules', 'dist', 'coverage', 'data']);
    expect(
      folders
        .map((entry) => entry.name)
        .filter((name) => !generated.has(name))
        .sort(),
    ).toEqual(['apps', 'bin', 'docker', 'docs', 'libs', 'test']);
  });
});
