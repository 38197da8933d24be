// What the type checker does not see: dead code, loose comparisons, and every way in which text could become HTML or code.
import js from '@eslint/js';
import globals from 'globals';

const PARSED = 'Text is never handed to the HTML parser: build elements with el(), or say beside the line why this HTML is safe.';

export default [
  {
    files: ['**/*.js'],
    ignores: ['**/vendor/**'],
    ...js.configs.recommended,
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
    rules: {
      ...js.configs.recommended.rules,
      'no-unused-vars': ['error', { args: 'all', argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-console': 'error',
      'no-alert': 'error',
      'no-promise-executor-return': ['error', { allowVoid: true }],
      'no-restricted-syntax': ['error',
        { selector: 'AssignmentExpression:matches([left.property.name=/^(innerHTML|outerHTML|srcdoc)$/], [left.property.value=/^(innerHTML|outerHTML|srcdoc)$/])', message: PARSED },
        { selector: 'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment|parseFromString)$/]', message: PARSED },
        { selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^(write|writeln)$/]', message: PARSED },
      ],
    },
  },
];
