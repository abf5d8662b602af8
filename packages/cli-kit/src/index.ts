export { BrokenPipe, CommandError, errorCode, reasonOf, UsageError } from './command-error.ts'
export { type Catalogue, isOptionName, keysOf, type ProgramKeys, readCatalogue } from './options/catalogue.ts'
export {
  type ConfigFile,
  isUsersOwn,
  type KeyPath,
  placeOf,
  profileOf,
  profilesOf,
} from './configuration/config-file.ts'
export { childEnvironment, isSecretName } from './processes/child-environment.ts'
export { asFailure } from './system-failure.ts'
export { listenFailure } from './listen-failure.ts'
export { LONGEST_TIMER_MS } from './longest-timer.ts'
export { currentEnvironment, residentMemory } from './current-environment.ts'
export { decodeUtf8, findBadByte, startOfCharacter } from './streams/decode-utf8.ts'
export { once } from './once.ts'
export { parseDuration } from './options/duration.ts'
export { ExitStatus, signalOfStatus, statusOfSignal } from './exit-status.ts'
export { plural, sparkline, tokensIn, writeCost, writeCount, writeSeconds, writeTokens } from './figures.ts'
export { errorIn } from './processes/error-in.ts'
export { interruptIn } from './processes/interrupt-in.ts'
export { findGit } from './git/find-git.ts'
export { withoutFilters } from './git/git-environment.ts'
export { type GitEnd, type GitRequest, runGit } from './git/run-git.ts'
export { findOnPath, isProgram } from './processes/find-on-path.ts'
export type { Input } from './streams/input.ts'
export { isLoopbackHost } from './is-loopback-host.ts'
export { isObject } from './is-object.ts'
export { isSameSecret } from './is-same-secret.ts'
export type { Io } from './io.ts'
export { splitLines } from './streams/split-lines.ts'
export { terminalColumns } from './streams/is-terminal.ts'
export { INTERRUPTED, type LineEditor } from './streams/typed-lines.ts'
export { makeFolders } from './make-folders.ts'
export { nearest } from './options/nearest.ts'
export { parseJson } from './parse-json.ts'
export { readTextIfThere } from './read-text-if-there.ts'
export { sleep } from './sleep.ts'
export { judgeConfig } from './configuration/judge-config.ts'
export { findConfigFile } from './configuration/read-config-files.ts'
export {
  digestOf,
  distrustFile,
  listTrusted,
  type Trust,
  TRUSTED_VARIABLE,
  trustFile,
  trustOf,
} from './configuration/trusted-files.ts'
export { type Option, type OptionTable, tableName, type Values } from './options/option.ts'
export { isForFiles, keysOfOption, sectionOf } from './options/option-keys.ts'
export { Output } from './streams/output.ts'
export { paint } from './streams/paint.ts'
export { type Call, type Command, defineCommand, type Program } from './program.ts'
export { runProgram } from './run-program.ts'
export { type ProcessRequest, type ProcessResult, runProcess, type WatchedResult } from './processes/run-process.ts'
export { runText } from './processes/run-text.ts'
export { interruptProcess, mayRun, type ProcessMark, processMark } from './processes/process-mark.ts'
export { quoteCommand } from './processes/quote-command.ts'
export { shellCall } from './processes/shell-call.ts'
export { isAnyMarked, stopMarked, waitForMarked } from './processes/marked-processes.ts'
export { NODE_VERSION, VERSION } from './version.ts'
export { resolveSettings, type Setting } from './configuration/settings.ts'
export { splitWords } from './options/split-words.ts'
export { cacheFolder, stateFolder, userConfigFolder, workingTreeOf } from './state-folder.ts'
export type { Complete, Completing, Suggestion, Suggestions } from './completion/suggestions.ts'
export { CONTROL, HIDDEN, showable, visibleText } from './streams/visible-text.ts'
