import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { hasProgram } from '@loop-runner/test-kit'

export const hasBrowser = hasProgram('chromium')

/** Debian's Chromium, with a profile of its own. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A tab in a context of its own, and what went wrong in it: errors of scripts, violations of the policy, dialogs. */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options)
  const tab = await context.newPage()
  const troubles: string[] = []
  tab.on('pageerror', (error) => troubles.push(error.message))
  tab.on('dialog', (dialog) => {
    troubles.push(dialog.message())
    void dialog.dismiss()
  })
  tab.on('console', (message) => {
    if (message.type() === 'error' && !/net::ERR|status of [45]\d\d/.test(message.text())) troubles.push(message.text())
  })
  return { tab, troubles, close: () => context.close() }
}

interface Violations {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** Violations of accessibility rules, with everything unfolded. */
export async function findViolations(tab: Page): Promise<string[]> {
  await tab.evaluate('for (const details of document.querySelectorAll("details")) details.open = true')
  await tab.evaluate(axe.source)
  const { violations } = await tab.evaluate<Violations>('axe.run()')
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

/** Violations of HTML. */
export async function validateHtml(page: string): Promise<string[]> {
  const rules = {
    'doctype-style': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
  } as const
  const report = await new HtmlValidate({ extends: ['html-validate:recommended'], rules }).validateString(page)
  return report.results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`))
}
