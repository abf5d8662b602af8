export { findStrayScore, meanOf, readScoreLines, type SaidScore } from './score-lines.ts'
