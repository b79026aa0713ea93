import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// The domain and the kernel are pure: time and ids arrive in commands, or through the ports Clock and Ids.
const impure = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Time arrives through the Clock port.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time arrives through the Clock port.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Ids arrive through the Ids port.',
  },
  { selector: "Identifier[name='randomUUID']", message: 'Ids arrive through the Ids port.' },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Configuration is read in apps.',
  },
];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'node_modules/', 'data/']),
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['libs/adapters/**', 'libs/embedded/**', 'libs/event-sourcing-testing/**', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...impure] },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly' } },
  },
  prettier,
);
