const WIDTH = 20

/** One line a customer, the highest total first, amounts in a right-aligned column. */
export function formatReport(sums) {
  const rows = Object.entries(sums).sort(([, left], [, right]) => String(right).localeCompare(String(left)))
  return rows.map(([customer, cents]) => customer + formatCents(cents).padStart(WIDTH)).join('\n') + '\n'
}

function formatCents(cents) {
  return `${Math.floor(cents / 100)}.${cents % 100}`
}
