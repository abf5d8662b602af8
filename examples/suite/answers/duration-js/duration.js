/** Whole seconds as H:MM:SS. */
export function formatDuration(seconds) {
  const pad = (n) => String(n).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}
