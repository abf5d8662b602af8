export { type ChangedSince, listChanged } from './list-changed.ts'
export { listIgnored } from './list-ignored.ts'
export { listSources } from './list-sources.ts'
export { readSource } from './read-source.ts'
