import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bash, hasProgram } from '@loop-runner/test-kit'
import { findViolations, hasBrowser, openTab, startBrowser, validateHtml } from './support/browser.ts'
import { makeRunFolder, reply } from './support/run-folder.ts'
import { call, readEvents, startServe } from './support/serve-process.ts'

const LIMIT = { timeout: 300_000 }
const HOSTILE = [
  '<script>document.title = "owned"</script>',
  '<img src=x onerror="alert(1)">',
  '</pre></details></textarea><h1>PASSED</h1>',
  '\u202Egnp.exe \x1b[31mred\x1b[0m',
  '&lt;script&gt; {{7*7}} ${7*7} javascript:alert(1)',
].join('\n')

describe.skipIf(!hasBrowser || !hasProgram('git'))('in Chromium (chromium, git)', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await startBrowser()), 60_000)
  afterAll(async () => browser?.close())

  test('a run is started from the form, watched over a kill, applied and undone', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    const args = ['--allow-commands', '--token-file', 'token']
    const first = await startServe(folder.path, args)
    const { tab, troubles, close } = await openTab(browser)
    await tab.goto(first.firstAddress)
    expect(tab.url()).toBe(`${first.address}/runs`)
    await tab.getByRole('link', { name: 'New run' }).click()
    await fillForm(tab, { model: folder.model })
    const command = `lr-loop -C ${folder.path}/tree --model=${folder.model} --no-canary a.txt -- ./check.sh`
    await tab.locator('#command').filter({ hasText: command }).waitFor(LIMIT)
    await tab.getByRole('button', { name: 'Start', exact: true }).click()

    await tab.locator('#log').getByText('iteration 1: request to the model').waitFor(LIMIT)
    await first.stop('SIGKILL')
    await tab.getByText('The connection is lost').waitFor(LIMIT)
    folder.go(1)
    await using server = await startServe(folder.path, [...args, `--port=${new URL(first.address).port}`])
    await tab.locator('#log').getByText('new versions: a.txt').waitFor(LIMIT)
    await tab.locator('#round-1').waitFor(LIMIT)
    const lines = await tab.locator('#log li').allTextContents()
    expect(lines.filter((line) => line.includes('iteration 1: request'))).toHaveLength(1)
    folder.go(2)
    await tab.getByText('the check passes on the files as they are now').waitFor(LIMIT)

    const downloading = tab.waitForEvent('download')
    await tab.getByRole('link', { name: 'Download patch' }).click()
    await (await downloading).saveAs(join(folder.path, 'run.patch'))
    const apply = await bash(
      'git worktree add -q --detach ../other main && cd ../other && git am -q ../run.patch && cat a.txt',
      {
        cwd: join(folder.path, 'tree'),
      },
    )
    expect(apply.stdout, apply.stderr).toBe('four\n')
    await tab.getByRole('button', { name: 'Undo the last reply' }).click()
    await tab.locator('.notice').waitFor(LIMIT)
    expect(readFileSync(join(folder.path, 'tree/a.txt'), 'utf8')).toBe('two\n')
    expect(troubles).toEqual([])
    await close()
    expect((await call(server, 'GET', '/runs')).status).toBe(200)
  })

  test('a run is stopped and resumed by buttons, without JavaScript', async () => {
    using folder = await makeRunFolder([reply('four')])
    await using server = await startServe(folder.path, ['--allow-commands'])
    const { tab, close } = await openTab(browser, { javaScriptEnabled: false })
    await tab.goto(server.firstAddress)
    await tab.goto(`${server.address}/new`)
    await fillForm(tab, { model: folder.model })
    await tab.getByRole('button', { name: 'Show the command' }).click()
    expect(await tab.locator('#command').textContent()).toContain(`--model=${folder.model}`)
    await tab.getByRole('button', { name: 'Start', exact: true }).click()
    await tab.getByRole('button', { name: /^Stop/ }).click()
    await tab.getByText('interrupted').first().waitFor(LIMIT)
    folder.go(1)
    await tab.getByRole('button', { name: 'Resume' }).click()
    const id = tab.url().split('/').at(-1) ?? ''
    await readEvents(server, `/runs/${id}/events`)
    await tab.reload()
    await tab.getByText('the check passes on the files as they are now').waitFor(LIMIT)
    await tab.goto(`${server.address}/runs?q=none-of-that`)
    await tab.getByText('No run matches.').waitFor(LIMIT)
    await close()
  })

  test('every page is accessible, valid and fits its window', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    await using server = await startServe(folder.path, ['--allow-commands'])
    const body = {
      folder: 'tree',
      sources: ['a.txt'],
      check: ['./check.sh'],
      options: { model: folder.model, label: 'a label '.repeat(30) },
    }
    const { json } = await call(server, 'POST', '/runs', body)
    const { id } = json as { id: string }
    await checkPages(browser, server.firstAddress, [`/runs/${id}`], WINDOWS.slice(0, 1))
    folder.go(1, 2)
    await readEvents(server, `/runs/${id}/events`)
    const paths = ['/runs', '/new', `/runs/${id}`, `/compare?run=${id}&run=${id}`, '/none']
    await checkPages(browser, server.firstAddress, paths, WINDOWS)
  })

  test('hostile text is shown as text, and pages stay alive', async () => {
    const long = 'x'.repeat(10_000_000)
    using folder = await makeRunFolder([reply(HOSTILE, `${HOSTILE}\n${long}`), reply(`four ${HOSTILE}`, HOSTILE)], {
      'tree/<img src=x onerror=alert(1)>.txt': 'hostile name\n',
      'tree/check.sh': `#!/bin/sh\ncat ../hostile.txt a.txt\ngrep -q four a.txt\n`,
      'hostile.txt': `${HOSTILE}\nnot ok 1 - <script>document.title = 1</script>\n${long}\n`,
    })
    await using server = await startServe(folder.path, ['--allow-commands'])
    folder.go(1, 2)
    const options = {
      model: folder.model,
      label: HOSTILE,
      branch: 'lr/<script>alert(1)</script>',
      'no-canary': true,
      instructions: HOSTILE,
    }
    const started = await call(server, 'POST', '/runs', {
      folder: 'tree',
      sources: ['a.txt', '<img src=x onerror=alert(1)>.txt'],
      check: ['./check.sh'],
      options,
    })
    expect(started.status, started.text).toBe(201)
    const { id } = started.json as { id: string }
    const { tab, troubles, close } = await openTab(browser)
    await tab.goto(server.firstAddress)
    await tab.goto(`${server.address}/runs/${id}`)
    await readEvents(server, `/runs/${id}/events`)
    for (const path of [
      `/runs/${id}`,
      '/runs',
      `/compare?run=${id}&run=${id}`,
      `/new?sources=${encodeURIComponent(HOSTILE)}`,
    ]) {
      await tab.goto(`${server.address}${path}`)
      expect(await tab.title()).toMatch(/ – lr-view$/)
      expect(await tab.locator('main img, main script, h1:text-is("PASSED")').count()).toBe(0)
      expect(await tab.content()).not.toMatch(path.startsWith('/new') ? /\x1b\[31m\x07/ : /\x1b|\u202e/)
    }
    await tab.goto(`${server.address}/runs/${id}`)
    expect(await tab.locator('body').textContent()).toContain('<script>document.title = "owned"</script>')
    expect(troubles).toEqual([])
    await close()
  })
})

async function fillForm(tab: Page, { model }: { readonly model: string }): Promise<void> {
  await tab.getByLabel('Folder').fill('tree')
  await tab.getByLabel('Sources').fill('a.txt')
  await tab.getByLabel('Check command').fill('./check.sh')
  await tab.getByLabel('--model', { exact: true }).fill(model)
  await tab.locator('summary', { hasText: /^\s*Check\s*$/ }).click()
  await tab.getByLabel('--no-canary').check()
}

const WINDOWS = [
  [320, 'light'],
  [800, 'dark'],
  [1400, 'light'],
] as const

/** Each page in each of the windows. */
async function checkPages(
  browser: Browser,
  firstAddress: string,
  paths: readonly string[],
  windows: readonly (typeof WINDOWS)[number][],
): Promise<void> {
  const { origin } = new URL(firstAddress)
  for (const [width, colorScheme] of windows) {
    const { tab, troubles, close } = await openTab(browser, { viewport: { width, height: 800 }, colorScheme })
    await tab.goto(firstAddress)
    for (const path of paths) {
      const response = await tab.goto(origin + path)
      const place = `${path} at ${width}`
      expect({ place, h1: await tab.locator('h1').count() }).toEqual({ place, h1: 1 })
      expect({ place, violations: await findViolations(tab) }).toEqual({ place, violations: [] })
      const fits = await tab.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
      expect({ place, fits }).toEqual({ place, fits: true })
      if (width === 320)
        expect({ place, html: await validateHtml((await response?.text()) ?? '') }).toEqual({ place, html: [] })
    }
    // The first key reaches the link that skips the navigation.
    await tab.keyboard.press('Tab')
    expect(await tab.evaluate('document.activeElement.className')).toBe('skip')
    expect(troubles).toEqual([])
    await close()
  }
}
