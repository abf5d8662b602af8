import type { Exchange } from './context.ts'

/** Text that no browser runs; with `?download` it is a file of this name. */
export function sendText(c: Exchange, text: string, name: string): Response {
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
  return c.body(text, 200, {
    'content-type': 'text/plain; charset=utf-8',
    ...(c.req.query('download') === undefined ? {} : { 'content-disposition': disposition }),
  })
}
