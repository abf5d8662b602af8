import type { Option, OptionTable } from '@loop-runner/cli-kit'
import { asTyped, html, type Html } from '@loop-runner/html-page'
import { OPTION_PREFIX } from '../serve/read-form.ts'
import type { Policy } from '../serve/run-request.ts'
import { writeLayout } from './layout.ts'

/** The form as it was filled in, and what came of it. */
export interface FormState {
  readonly fields: ReadonlyMap<string, string>
  readonly error?: string
  readonly command?: string
}

/** Options that are always in view; the others are folded, under the headings of lr-loop's help. */
const MAIN = ['model', 'instructions', 'iterations', 'attempts', 'max-cost', 'label']

/** The form that starts a run. */
export function writeForm(state: FormState, { table, allowCommands }: Policy, root: string): string {
  const { fields, error, command } = state
  const write = (name: string) => {
    const option = table[name]
    return option && writeOption(name, option, fields.get(`${OPTION_PREFIX}${name}`) ?? '')
  }
  return writeLayout(
    'New run',
    html`<h1>New run</h1>
      ${error !== undefined && html`<p class="notice bad" role="alert">${error}</p>`}
      <form class="fields" action="/runs" method="post" id="new-run">
        ${writeText('folder', 'Folder', `in ${root}`, fields.get('folder') ?? '.')}
        ${writeText('sources', 'Sources', 'files and folders that may change, separated by spaces', fields.get('sources') ?? '')}
        ${writeText('check', 'Check command', 'runs without a shell; empty: the checks of lr.yaml, or the checkers that fit', fields.get('check') ?? '')}
        ${MAIN.map(write)}
        <datalist id="models"></datalist>
        <p class="muted" id="models-status" role="status"></p>
        ${sectionsOf(table).map(
          ([section, names]) =>
            html`<details>
              <summary>${section}</summary>
              <div>${names.map(write)}</div>
            </details>`,
        )}
        ${
          !allowCommands &&
          html`<p class="muted">
            <code>exec:</code> models, stage commands and <code>--stop-command</code> need
            <code>lr-view serve --allow-commands</code>.
          </p>`
        }
        <h2 id="command-name">Command</h2>
        <pre id="command" tabindex="0" aria-labelledby="command-name">${command ?? ''}</pre>
        <p>
          <button type="submit" class="main">Start</button>
          <button type="submit" formaction="/command">Show the command</button>
          <button type="button" data-copy="command" hidden>Copy the command</button>
        </p>
      </form>`,
  )
}

function sectionsOf(table: OptionTable): [section: string, names: string[]][] {
  const sections = new Map<string, string[]>()
  for (const [name, option] of Object.entries(table)) {
    if (MAIN.includes(name)) continue
    const section = option.section ?? 'Other'
    sections.set(section, [...(sections.get(section) ?? []), name])
  }
  return [...sections]
}

function writeText(name: string, label: string, hint: string, value: string): Html {
  return html`<p class="field">
    <label for="${name}">${label}</label>
    <input type="text" id="${name}" name="${name}" value="${asTyped(value)}" aria-describedby="${name}-hint" />
    <small id="${name}-hint">${hint}</small>
  </p> `
}

function writeOption(name: string, option: Option, value: string): Html {
  const id = `${OPTION_PREFIX}${name}`
  const hint = `${option.describe}${'default' in option && option.default !== undefined ? ` (default: ${String(option.default)})` : ''}`
  return html`<p class="field">
    <label for="${id}"><code>--${name}</code></label> ${writeControl(id, name, option, value)}
    <small id="${id}-hint">${hint}</small>
  </p> `
}

function writeControl(id: string, name: string, option: Option, value: string): Html {
  const common = html`id="${id}" name="${id}" aria-describedby="${id}-hint"`
  switch (option.type) {
    case 'flag':
      return html`<input type="checkbox" ${common} value="on" ${value !== '' && html`checked`} />`
    case 'choice':
      return html`<select ${common}>
        <option value="">default</option>
        ${option.choices.map((choice) => html`<option value="${choice}" ${choice === value && html`selected`}>${choice}</option>`)}
      </select>`
    case 'integer':
    case 'number':
      return writeNumber(common, option, value)
    case 'list':
      return html`<textarea ${common} rows="2" placeholder="one per line">${asTyped(value)}</textarea>`
    case 'text':
    case 'duration':
    case 'command':
      return name === 'instructions'
        ? html`<textarea ${common} rows="3">${asTyped(value)}</textarea>`
        : html`<input
            type="text"
            ${common}
            value="${asTyped(value)}"
            ${name === 'model' && html`list="models" autocomplete="off"`}
          />`
  }
}

function writeNumber(common: Html, option: Extract<Option, { type: 'integer' | 'number' }>, value: string): Html {
  return html`<input
    type="number"
    ${common}
    value="${asTyped(value)}"
    step="${option.type === 'integer' ? '1' : 'any'}"
    ${option.min !== undefined && html`min="${option.min}"`}
    ${option.max !== undefined && html`max="${option.max}"`}
  />`
}
