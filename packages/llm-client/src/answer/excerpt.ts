const SHOWN_CHARACTERS = 500

/** What a message shows of a server's words: their beginning; of a page of HTML its title. */
export function excerpt(words: string): string {
  const title = /^\s*<.*?<title[^>]*>\s*([^<]*[^<\s])/is.exec(words.slice(0, 1 << 14))?.[1]
  const text = title ?? words.trim()
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
}
