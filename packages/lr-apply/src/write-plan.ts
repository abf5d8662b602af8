import {
  ChangedMeanwhile,
  type Journal,
  runTransaction,
  type Site,
  type TransactionIdentity,
} from '@loop-runner/file-transaction'
import type { Plan } from './planning/plan-reply.ts'
import { settlePlan } from './planning/settle-plan.ts'

/**
 * Carries a plan out.
 *
 * @returns what was done of it: nothing if another program has just changed one of its files
 */
export function writePlan(site: Site, journal: Journal, plan: Plan, identity: TransactionIdentity): Plan {
  if (plan.changes.length === 0) return plan
  try {
    runTransaction(site, journal, plan.changes, identity)
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error
    const message = 'another program has just changed this file (read it again)'
    const rejected = [{ code: 'changed-meanwhile', path: error.path, message } as const]
    return settlePlan(plan, [], rejected, { strict: false, partial: false })
  }
  return plan
}
