import type { Reporter, TestModule } from 'vitest/node'

/** Ends a test run with one plain line that any tool can read, and names what was skipped. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      let ran = 0
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        count[state]++
        ran++
        if (state === 'skipped') console.log(`skipped: ${test.fullName}`)
      }
      if (module.errors().length > 0 || (ran === 0 && !module.ok())) count.failed++
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`)
  }
}
