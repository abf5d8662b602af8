import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/*.test.ts', 'docs/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Published with a condition "source" of its own, which Node cannot load.
    server: { deps: { inline: [/sdk\/dist\/esm\/client\/streamableHttp/, /eventsource-parser/] } },
    // Most of a test's time is spent in processes that it starts.
    maxWorkers: 2,
    // Ends what hangs; a slow machine takes minutes for what takes seconds elsewhere.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    reporters: ['default', './scripts/closing-line.ts'],
  },
})
