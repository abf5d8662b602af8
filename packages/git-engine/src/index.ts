export { runCommitHooks, runPostCommit } from './git-program/hooks.ts'
export { parseConfig } from './native/parse-config.ts'
export { BRANCHES, branchOf } from './repository/branch-of.ts'
export { buildTree, findEntry, foldersOf, parseFolders, type Folders } from './repository/build-tree.ts'
export {
  isSame,
  type Engine,
  type FileEntry,
  type Head,
  type HeadStep,
  type IndexEntry,
  type LocalChange,
  type PathChange,
  type RefStep,
  type Step,
} from './repository/engine.ts'
export { explainFailure } from './repository/explain-failure.ts'
export { findRepository } from './repository/find-repository.ts'
export { parseConfigList, readBoolean } from './repository/git-config.ts'
export { nameObject, parseCommit, type Commit, type Hash, type NamedObject } from './repository/git-object.ts'
export { readIdentity, type Identity } from './repository/identity.ts'
export { inRepository, type RepositoryOptions } from './repository/in-repository.ts'
export {
  COMPARING_OPTIONS,
  ENGINE_OPTION,
  ENGINE_OPTIONS,
  RUNS_PROGRAMS,
  RUN_BRANCH,
  openEngine,
  type EngineOptions,
} from './repository/open-engine.ts'
export { isRefName } from './repository/ref-name.ts'
export { refuseLoop } from './repository/refuse-loop.ts'
export { requireReady } from './repository/require-ready.ts'
export { replaceDurably, writeDurably } from './transaction/durable-file.ts'
export { isThere, readTextIfThere } from './transaction/if-there.ts'
export { makeChange, type Change } from './transaction/transaction.ts'
export { diffCommits, type Difference } from './working-tree/diff-trees.ts'
export { planFiles, refuseStagedMoves } from './working-tree/file-moves.ts'
export { refuseInTheWay } from './working-tree/in-the-way.ts'
export { refuseCaseClash } from './working-tree/refuse-case-clash.ts'
export { treePath } from './working-tree/tree-path.ts'
export { findIgnored, findUntrackedSources } from './working-tree/untracked-sources.ts'
export { keepModes, readWorkingEntries } from './working-tree/working-entries.ts'
export { readFile, type FileChange } from './working-tree/working-file.ts'
