import type { ServerError } from './answer.ts'
import { findAnswerLimit } from './answer-limit.ts'
import { findOverflow, type Overflow } from './context-overflow.ts'
import type { FailureKind } from './failure.ts'

/** No money, whatever the HTTP status: waiting does not help. */
const NO_MONEY =
  /insufficient[_ ](quota|balance|credits?|funds)|exceeded_current_quota|(credit|account|token)? ?balance (is |was )?(too low|insufficient|not enough|negative)|(not enough|no|out of|run out of|more|ran out of|exhausted your|used all (of )?your|depleted( your)?)( \w+)? (credits?|balance|funds|prepaid)|payment[_ ]required|billing[_ ](hard[_ ]limit|not[_ ]active)|hard limit|in arrears|arrearage|overdue|suspended due to|(please )?(recharge|top[ -]?up)\b|(monthly|specified api|spend(ing)?|budget) (usage )?(limit|cap|quota)s?( (has been |was |is )?(reached|exceeded))?|budget (has been )?exceeded|allocated quota exceeded.*(free|tier)|free (tier|quota|allocation|trial) .{0,40}(exhausted|used up|expired|ended)|\u4f59\u989d\u4e0d\u8db3|\u6b20\u8d39|\u8bf7\u5145\u503c|\u514d\u8d39\u989d\u5ea6\u5df2/i
/** About money, unless the server also offers a wait: rate limits point to the same pages. */
const MAYBE_MONEY = /exceeded your current quota|billing|purchase|subscri(be|ption)/i
const PACE =
  /rate.?limit|too.?many.?(requests|tokens|concurrent)|throttl|resource.{0,10}exhausted|(requests|tokens|queries)( \w+)? per (second|minute|min|hour|day)|\b[RT]P[MDS]\b|concurrency|rate (of )?(quota|increase)|usage limit reached|limit_burst|reached your .{0,40}limit|request limit (reached|exceeded)|qps|\u901f\u7387|\u9891\u7387|\u5e76\u53d1/i
const BUSY =
  /overload|over.?capacity|at capacity|no (healthy|available) (upstream|workers?|servers?|instances?|deployments?)|(server|model|service|engine|system|upstream)s? (is |are )?(currently |temporarily )?(too )?(busy|unavailable|overloaded|at capacity|experiencing)|high (demand|load|traffic)|temporarily unavailable|service.?unavailable|(is|still|currently) (loading|starting|warming)|loading model|model.{0,40}(is )?not ready|insufficient_system_resource|\u7e41\u5fd9|\u8fc7\u8f7d|\u8d1f\u8f7d/i
const KEY =
  /authentication|permission|invalid_api_key|unauthori[sz]ed|forbidden|access.?denied|(api|access)[ _-]?(key|token).{0,20}(not valid|invalid|incorrect|expired|missing|not found|required|revoked)|(invalid|incorrect|expired|missing|no|wrong) (api|access|auth)[ _-]?(key|token)/i
const BAD_REQUEST = /invalid_request|not_found|unsupported|bad_request|invalid_prompt|validation|invalid_argument/i
const TIMED_OUT = /timed?[ _-]?out|deadline.?exceeded/i

/** Statuses behind which words such as "unavailable" are about the request. */
const CLIENT_FAULTS: ReadonlySet<number> = new Set([400, 403, 404])

/**
 * What kind of failure an error is. The words and codes of the body count before the HTTP status, which many servers get
 * wrong: 429 without money, 500 without balance, 400 for a rate limit.
 *
 * @param status the HTTP status, or 500 for an error inside an answer
 * @param waitMs how long the server asks to wait, if it does
 */
export function classifyError(error: ServerError, status: number, waitMs: number | undefined): FailureKind | Overflow {
  const words = `${error.code ?? ''} ${error.message}`
  if (error.kind !== undefined) return error.kind
  if (status === 402 || NO_MONEY.test(words)) return 'auth'
  if (findAnswerLimit(words)) return 'request'
  return (
    findOverflow(words) ?? classifyByWords(error, words, status, waitMs) ?? classifyByStatus(error.status ?? status)
  )
}

function classifyByWords(
  error: ServerError,
  words: string,
  status: number,
  waitMs: number | undefined,
): FailureKind | undefined {
  if (status === 401) return 'auth'
  if (BUSY.test(words) && !CLIENT_FAULTS.has(status)) return 'overload'
  if (PACE.test(words)) return 'rate-limit'
  if (MAYBE_MONEY.test(words) && waitMs === undefined) return 'auth'
  return classifyByCode(error, words)
}

function classifyByCode({ code = '', status }: ServerError, words: string): FailureKind | undefined {
  if (KEY.test(words)) return 'auth'
  // A status in the body is more exact than a word such as `invalid_request_error`, which some servers use for all.
  if (status !== undefined) return undefined
  if (BUSY.test(code)) return 'overload'
  if (TIMED_OUT.test(code)) return 'server'
  return BAD_REQUEST.test(code) ? 'request' : undefined
}

function classifyByStatus(status: number): FailureKind {
  if (status === 401 || status === 402 || status === 403) return 'auth'
  // 498 is Groq's "no flex capacity now".
  if (status === 429 || status === 498) return 'rate-limit'
  if (status === 503 || status === 529) return 'overload'
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'server'
  return 'request'
}
