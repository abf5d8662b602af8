import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/**
 * What reads a model's reply, what decides about the paths in it, and what writes files and takes locks: every branch has
 * a row of its own in the tables named here. Tests by chance, and the long sweeps, are left out, so that the answer is
 * the same every time, and soon there.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    // No closing line: that of the whole run counts.
    reporters: ['default'],
    include: [
      'packages/block-format/test/{count-newlines,name,vectors,write-stream}.test.ts',
      'packages/reply-format/test/**/*.test.ts',
      'packages/lr-apply/test/{deviations,tree-view}.test.ts',
      'packages/lr-apply/test/guard/{judge-path,scope}.test.ts',
      'packages/lr-apply/test/planning/*.test.ts',
      'packages/file-transaction/test/{conflicts,earlier-versions,journal,lock,node-file-system,recover-trees,recover-unfinished,taken-back,tree-holder,wait-for-tree}.test.ts',
    ],
    coverage: {
      enabled: true,
      provider: 'v8',
      include: [
        'packages/block-format/src/*.ts',
        'packages/reply-format/src/**/*.ts',
        'packages/lr-apply/src/guard/*.ts',
        'packages/lr-apply/src/planning/{halves-of-moves,make-rules,plan-reply,plan-version,settle-plan}.ts',
        'packages/lr-apply/src/tree-view.ts',
        'packages/file-transaction/src/*.ts',
        'packages/source-files/src/{fold-name,path-matcher,protected-files,protected-names}.ts',
      ],
      reporter: [['text', { skipFull: true }]],
      thresholds: { branches: 100 },
    },
  },
})
