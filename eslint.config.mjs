import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const node = {
  process: 'readonly',
  console: 'readonly',
  setTimeout: 'readonly',
  clearTimeout: 'readonly',
  setInterval: 'readonly',
  clearInterval: 'readonly',
  URL: 'readonly',
  performance: 'readonly',
  fetch: 'readonly',
  Buffer: 'readonly'
}
const editor = {
  document: 'readonly',
  window: 'readonly',
  globalThis: 'readonly',
  URL: 'readonly',
  setTimeout: 'readonly',
  structuredClone: 'readonly'
}

export default defineConfig(
  globalIgnores(['dist/', 'build/', 'node_modules/', 'demo/.node-red/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: ['src/tsconfig.json', 'nodes/tsconfig.json', 'test/tsconfig.json'] } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // operators are closures: their methods know no `this`
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      // mocha's describe and it give promises that nobody waits for
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['describe', 'it'] }]
    }
  },
  // required late: what a run does not use is not loaded
  {
    files: ['nodes/**/*.ts', 'src/cli/**/*.ts', 'src/expression/jsonata.ts', 'src/flow/packaged-jsonata.ts'],
    rules: { '@typescript-eslint/no-require-imports': 'off' }
  },
  { files: ['**/*.mjs'], ignores: ['resources/**'], languageOptions: { globals: node } },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { ...node, require: 'readonly', module: 'writable' } }
  },
  { files: ['resources/**/*.mjs'], languageOptions: { globals: editor } }
)
