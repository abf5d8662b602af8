export { findKeys, type FoundKey } from './find-keys.ts'
