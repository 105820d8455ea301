import eslint from 'typescript-eslint';

const everything = ['src/**/*.ts', 'test/**/*.ts'];

export default eslint.config(
  { ignores: ['dist/', 'out/', '.vscode-test/', '*.js', 'test/**/*.js'] },
  {
    files: everything,
    extends: [...eslint.configs.strictTypeChecked, ...eslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'src/preview/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Data shapes are types; classes are for things with a life.
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Numbers in messages are ordinary; anything else is a mistake worth hearing about.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-console': ['error'],
      'no-empty': 'error',
    },
  },
  {
    // The command line talks to a terminal, and mocha's asynchronous suites are not awaited.
    files: ['test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
