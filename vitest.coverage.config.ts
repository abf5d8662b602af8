import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/**
 * What reads a model's reply, and what decides about the paths in it: every branch has a row of its own in the tables
 * named here. Tests by chance are left out, so that the answer is the same every time.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    // No closing line: that of the whole run counts.
    reporters: ['default'],
    include: [
      'packages/block-format/src/{count-newlines,name,vectors,write-stream}.test.ts',
      'packages/reply-format/src/*.test.ts',
      'packages/lr-apply/src/{deviations,judge-path,make-rules,scope,tree-view}.test.ts',
    ],
    coverage: {
      enabled: true,
      provider: 'v8',
      include: [
        'packages/block-format/src/*.ts',
        'packages/reply-format/src/*.ts',
        'packages/lr-apply/src/{judge-path,resolve-name,scope,find-clashes,make-rules,tree-view}.ts',
        'packages/lr-apply/src/{plan-reply,plan-version,settle-plan}.ts',
        'packages/source-files/src/{fold-name,path-matcher,protected-files,protected-names}.ts',
      ],
      exclude: ['**/*.test.ts'],
      reporter: [['text', { skipFull: true }]],
      thresholds: { branches: 100 },
    },
  },
})
