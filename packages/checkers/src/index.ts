export { runBuiltIn } from './built-in/run-built-in.ts'
export {
  BUILT_IN_CHECKERS,
  CHAINS,
  type Checker,
  type Checkers,
  type ReportKind,
  type Rule,
  runsCode,
  SYNONYMS,
  verdictOf,
} from '@loop-runner/checker-table'
export { readCheckerState } from './choosing/checker-state.ts'
export { builtInOf, chooseFrom, isConfigured } from './choosing/choose-checker.ts'
export { chooseTests } from './choosing/choose-tests.ts'
export { typeOfFile } from './choosing/file-types.ts'
export { environmentPlaces, findProgram, projectFolders, startErrorOf } from './choosing/find-program.ts'
export { knownName } from './choosing/known-name.ts'
export { launcherEnvironment } from './choosing/launcher-environment.ts'
export { CONFIGURATION_KEYS, readConfiguration, type Configuration } from './configuration/configuration.ts'
export { suggestCheckers } from './configuration/suggest-checkers.ts'
export { Capture } from './evidence/capture.ts'
export { dropPrefixes } from './evidence/line-prefixes.ts'
export { maskText } from './evidence/mask.ts'
export { plainText } from './evidence/plain-text.ts'
export { countResults } from './evidence/reports/count-results.ts'
export { expandMachineReports } from './evidence/reports/machine-reports.ts'
export { dropForeignFrames } from './evidence/reports/stack-frames.ts'
export { rawText, shapeText } from './evidence/shape.ts'
export { baselineOf, findingKey, onlyNew, readBaseline, type Baseline } from './findings/baseline.ts'
export { writeFinding, type Finding } from './findings/finding.ts'
export { readFindings } from './findings/read-findings.ts'
export { planAbsent, planLayers, planWhatIsSaid, type PlanRequest } from './planning/plan-layers.ts'
export { asArgument, defaultTimeoutMs, fillIn, kindOf, type Plan } from './planning/plan.ts'
export { type ReportRequest } from './test-reports/ask-for-report.ts'
export { type Started } from './test-reports/change-command.ts'
export { countReport, nameInEveryRun } from './test-reports/count-report.ts'
export { readTapTests } from './test-reports/read-tap-tests.ts'
export { countTests, type ReportState, type TestReport, type TestResult } from './test-reports/test-report.ts'
