import { visibleText } from '@loop-runner/cli-kit'
import { limitText } from './limit-text.ts'

/** Markup. Only this module makes it from strings, so text of models never becomes markup. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = Html | string | number | false | undefined | readonly Value[]

/** A template whose values are text, unless they are markup already; false and undefined are nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.reduce((markup, string, index) => markup + write(values[index - 1]) + string))
}

/** A value that is sent back as it was typed, for an attribute or a text area: neither shortened nor made visible. */
export function asTyped(text: string): Html {
  return new Html(escapeHtml(text))
}

function write(value: Value): string {
  if (value instanceof Html) return value.markup
  if (value === undefined || value === false) return ''
  if (typeof value === 'object') return value.map((item) => write(item)).join('')
  return escapeHtml(visibleText(limitText(String(value))))
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
