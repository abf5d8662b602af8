/** The size of a text in bytes: `120 B`, `4.5 kB`. */
export function writeSize(text: string): string {
  const bytes = Buffer.byteLength(text)
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`
}
