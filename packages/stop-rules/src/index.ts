export {
  bestRound,
  END_REASONS,
  type EndReason,
  type Limits,
  nextStep,
  type Progress,
  type Reason,
  type Step,
} from './next-step.ts'
export { type EarlierRun, type Prospect, unlikelyToPass } from './learned-stop.ts'
export { type Reply, REPLY_KINDS, type ReplyKind, type Round, type Usage, worthOf } from './round.ts'
