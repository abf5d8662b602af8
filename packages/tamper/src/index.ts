export { canaryOf, type Canary } from './canaries.ts'
export { recordParts } from './inner-tests/compare-parts.ts'
export {
  changedPaths,
  compareCounts,
  compareInnerTests,
  compareSuppressions,
  compareSuspicions,
  compareTree,
} from './compare.ts'
export { comparedByCheck } from './compared-by-check.ts'
export { copyTree } from './copy-tree.ts'
export { countRun, sumCounts, type Counts } from './counts.ts'
export { readRecord, textOfRecord, writeRecord, type GuardRecord } from './guard-record.ts'
export type { Flip } from './flips/change.ts'
export { flipExpectations } from './flips/flip-expectations.ts'
export { flipFiles } from './flips/flip-files.ts'
export { flipLines } from './flips/flip-lines.ts'
export { hideChanges } from './keep-times.ts'
export { findMadeByCheck } from './made-by-check.ts'
export { metFiles, scriptRun } from './met-files.ts'
export { newTests } from './new-tests.ts'
export { putBack } from './put-back.ts'
export { readText } from './read-text.ts'
export { withBrokenStart, withFailingEnd } from './script-ends.ts'
export { surveyTree, type Known, type Survey } from './survey.ts'
export { movedHead, rewritten, watchTree, type TreeWatch } from './tree-watch.ts'
export { isNamedBy, makeIsSource, namedFiles, pathIn, type NamedSources } from './what-is-judged.ts'
export { isReported, mayKnowAnswers } from './suspicions.ts'
export { flipAll } from './flips/flip-all.ts'
export { withChanges } from './flips/change.ts'
export {
  isExpectedFile,
  type TestValue,
  type ValueGroup,
  valuesOfExpectedFile,
  valuesOfTests,
} from './flips/values-of-tests.ts'
export { testsIn } from './flips/tests-in.ts'
