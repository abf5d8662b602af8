import { styleText } from 'node:util'

export type Style = Parameters<typeof styleText>[0]

/** Text in a style, if it goes to a terminal that has colours and NO_COLOR is not set (no-color.org). */
export function paint(
  style: Style,
  text: string,
  stream: { readonly isTerminal: boolean },
  env: NodeJS.ProcessEnv,
): string {
  const isPlain = !stream.isTerminal || env['TERM'] === 'dumb' || Boolean(env['NO_COLOR'])
  return isPlain ? text : styleText(style, text, { validateStream: false })
}
