const DISCOUNT_FROM_CENTS = 10_000
const DISCOUNT_PERCENT = 5

/** What each customer pays, in cents, by name. Orders of 100.00 and more are 5 % cheaper, rounded to a cent. */
export function totals(orders) {
  const sums = {}
  for (const { customer, quantity, cents } of orders) {
    sums[customer] = sums[customer] + quantity * cents
  }
  for (const customer of Object.keys(sums)) {
    if (sums[customer] > DISCOUNT_FROM_CENTS) sums[customer] *= 1 + DISCOUNT_PERCENT / 100
  }
  return sums
}
