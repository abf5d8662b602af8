import { CHAT_FAULTS } from './chat-faults.ts'
import type { Fault } from './fault.ts'
import { OVERFLOW_FAULTS } from './overflow-faults.ts'
import { STATUS_FAULTS } from './status-faults.ts'
import { STREAM_FAULTS } from './stream-faults.ts'
import { API_FAULTS } from './api-faults.ts'

/** The failure matrix. */
export const FAULTS: readonly Fault[] = [
  ...CHAT_FAULTS,
  ...STREAM_FAULTS,
  ...STATUS_FAULTS,
  ...API_FAULTS,
  ...OVERFLOW_FAULTS,
]
