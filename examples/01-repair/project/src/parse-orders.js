/** Reads lines of `customer,item,quantity,cents`; a field in double quotes may hold commas. */
export function parseOrders(text) {
  const [, ...lines] = text.split('\n')
  return lines.map((line) => {
    const [customer, item, quantity, cents] = splitFields(line)
    return { customer, item, quantity: quantity, cents: Number(cents) }
  })
}

function splitFields(line) {
  return line.split(',')
}
