import { STYLE } from '@loop-runner/html-page'
import { loadReport } from '@loop-runner/run-report'
import { act, type ResumeLimits } from './act.ts'
import { type App, type Context, type Exchange, isPage } from './context.ts'
import { filterRuns, listRuns, readFilter } from './list-runs.ts'
import { PAGE_SCRIPT } from './page-script.ts'
import { writeComparison } from '../pages/write-comparison.ts'
import { type FormState, writeForm } from '../pages/write-form.ts'
import { writeRunList } from '../pages/write-run-list.ts'
import { writeRunPage } from '../pages/write-run-page.ts'
import { Problem } from './problem.ts'
import { readForm } from './read-form.ts'
import { isAtWork } from './run-actions.ts'
import { folderUnder, pathOfRun } from './run-paths.ts'
import { argumentsOf, commandOf } from './run-request.ts'

/** Routes for people. All of them work without the script. */
export function addPages(app: App, context: Context): void {
  const { root, io, policy } = context
  const pathOf = (id: string | undefined) => pathOfRun(id ?? '', root, io.env)
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/page.js', (c) => c.body(PAGE_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  app.get('/', (c) => c.redirect('/runs', 303))
  app.get('/runs', async (c) => {
    const filter = readFilter((name) => c.req.query(name))
    const rows = await listRuns(root, io)
    return c.html(writeRunList(rows, filterRuns(rows, filter), filter, { q: c.req.query('q') ?? '', root }))
  })
  app.get('/new', (c) => c.html(writeForm({ fields: readQuery(c) }, policy, root)))
  app.post('/runs', async (c) => startFromForm(c, context))
  app.post('/command', (c) => previewCommand(c, context))
  app.get('/compare', async (c) => {
    const ids = c.req.queries('run') ?? []
    const [left, right] = ids
    if (left === undefined || right === undefined || ids.length > 2)
      throw new Problem(422, 'choose two runs to compare')
    return c.html(writeComparison(await loadReport(pathOf(left), io), await loadReport(pathOf(right), io)))
  })
  app.get('/runs/:id', async (c) => {
    const path = pathOf(c.req.param('id'))
    const wasAtWork = isAtWork(path)
    const report = await loadReport(path, io)
    return c.html(writeRunPage(report, { isAtWork: wasAtWork, message: undefined }))
  })
  app.post('/runs/:id/:action', async (c) => {
    const path = pathOf(c.req.param('id'))
    try {
      const message = await act(c.req.param('action'), path, readLimits(c), context)
      if (message === 'resumed' || message === 'interrupted') return c.redirect(`/runs/${c.req.param('id')}`, 303)
      return c.html(
        writeRunPage(await loadReport(path, io), {
          isAtWork: isAtWork(path),
          message: { text: message, isError: false },
        }),
      )
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 404) throw error
      const message = { text: error.message, isError: true }
      return c.html(
        writeRunPage(await loadReport(path, io), { isAtWork: isAtWork(path), message }),
        error.status as 409,
      )
    }
  })
}

/** Fields of the form that a link sets: `/new?model=groq`. */
function readQuery(c: Exchange): ReadonlyMap<string, string> {
  return new Map(Object.entries(c.req.query()))
}

function readFields(c: Exchange): ReadonlyMap<string, string> {
  return new Map(new URLSearchParams(c.get('body')))
}

function readLimits(c: Exchange): ResumeLimits {
  const iterations = readFields(c).get('iterations')?.trim() ?? ''
  return iterations === '' ? {} : { iterations }
}

async function startFromForm(c: Exchange, { root, policy, starter }: Context): Promise<Response> {
  const fields = readFields(c)
  try {
    const request = readForm(fields, policy.table)
    const id = await starter.start(folderUnder(request.folder, root), argumentsOf(request, policy))
    return c.redirect(`/runs/${id}`, 303)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return c.html(writeForm({ fields, error: error.message }, policy, root), error.status as 422)
  }
}

/** The command that the form amounts to: as JSON for the script, else the page with it. */
function previewCommand(c: Exchange, { root, policy }: Context): Response | Promise<Response> {
  const fields = readFields(c)
  let state: Partial<FormState>
  try {
    const request = readForm(fields, policy.table)
    state = { command: commandOf(folderUnder(request.folder, root), argumentsOf(request, policy)) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (!isPage(c.req.raw)) throw error
    state = { error: error.message }
  }
  return isPage(c.req.raw) ? c.html(writeForm({ fields, ...state }, policy, root)) : c.json({ command: state.command })
}
