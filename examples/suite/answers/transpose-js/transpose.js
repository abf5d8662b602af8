/** The rows of a matrix as columns. */
export function transpose(rows) {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]))
}
