import { FAULTS } from '/work/main/packages/lr-apply/src/testing/inject-fault.ts'
import { sweepProcesses } from '/work/main/packages/lr-apply/src/testing/sweeps.ts'
const t = await sweepProcesses([[5, 1, FAULTS]])
console.log(t.line()); for (const p of t.problems.slice(0, 20)) console.log(p)
