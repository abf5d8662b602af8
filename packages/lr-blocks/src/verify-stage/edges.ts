/** Contents that stages get wrong. */
export const EDGES: readonly { readonly what: string; readonly content: string }[] = [
  { what: 'CR LF at the ends of lines', content: 'one\r\ntwo\r\nthree\r\n' },
  { what: 'no newline at the end', content: 'one\ntwo\nthree' },
  { what: 'lines that look like delimiters', content: 'one\n<<<< two.txt <<<<\n>>>>>>>>\n>>>>>>>>>\nthree\n' },
  {
    what: 'letters of many bytes, a byte-order mark and blanks at the ends of lines',
    content: '\ufeffé 日本 🙂  \n\ttwo\t\nthree\n',
  },
  // More than a pipe holds: a stage that writes before it has read gets stuck.
  { what: 'a megabyte', content: 'a line of a long file\n'.repeat(50_000) },
]
