import js from '@eslint/js';
import ts from 'typescript-eslint';

/** The wall between the package and the host: neither may import from the other. */
const wall = (from, patterns, message) => ({
  files: [from],
  rules: {'no-restricted-imports': ['error', {patterns: [{group: patterns, message}]}]},
});

export default ts.config(
  {ignores: ['**/node_modules', '**/dist', '**/build', '.data', 'src/package.g.ts', 'src/package-api.ts', 'src/*.api.g.ts']},
  js.configs.recommended,
  ts.configs.recommended,
  {
    rules: {
      'max-len': ['error', {code: 120, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true,
        ignoreRegExpLiterals: true}],
      'quotes': ['error', 'single', {avoidEscape: true, allowTemplateLiterals: true}],
      'semi': ['error', 'always'],
      'indent': 'off',
      'eol-last': 'error',
      'no-trailing-spaces': 'error',
      'prefer-const': 'error',
      'object-curly-spacing': ['error', 'never'],
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}],
      // The platform's handles and Dart values have no types; `any` at that border is honest.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-this-alias': 'off',
    },
  },
  {files: ['**/*.cjs', 'detectors.js', 'webpack.config.js'], rules: {'@typescript-eslint/no-require-imports': 'off'}},
  wall('src/**', ['**/host/**', 'datagrok-local-host*'], 'The package talks to the platform through datagrok-api alone.'),
  wall('src/core/**', ['datagrok-api*', 'datagrok-api/**', '**/data/**', '**/ui/**', '**/tabs/**', '**/panes/**', '**/host/**'],
    'core/ is pure: it imports nothing of the platform.'),
  wall('host/**', ['../src/**', '../../src/**', '../../../src/**', 'usage-analysis*'], 'The host knows packages by their files alone.'),
);
