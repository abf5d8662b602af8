import { formatReport } from './format-report.js'
import { parseOrders } from './parse-orders.js'
import { totals } from './totals.js'

/** The report on a text of orders. */
export function report(text) {
  return formatReport(totals(parseOrders(text)))
}
