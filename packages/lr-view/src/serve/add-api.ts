import { VERSION } from '@loop-runner/cli-kit'
import { loadReport, readCommits, readDiff } from '@loop-runner/run-report'
import { act, ResumeLimits } from './act.ts'
import { type App, type Context, type Exchange, isPage } from './context.ts'
import { filterRuns, listRuns, readFilter } from './list-runs.ts'
import { listModels } from './list-models.ts'
import { describeApi } from './openapi.ts'
import { readJson } from './read-json.ts'
import { readSource } from './read-source.ts'
import { stopRun } from './run-actions.ts'
import { folderUnder, pathOfRun } from './run-paths.ts'
import { argumentsOf, commandOf, RunRequest } from './run-request.ts'
import { scoreText, ScoreRequest } from './score-text.ts'
import { sendEvents } from './send-events.ts'
import { sendText } from './send-text.ts'

/** Routes for programs. Those that have a page, too, leave requests for it to the next route. */
export function addApi(app: App, context: Context): void {
  const { root, io, policy, starter } = context
  app.get('/health', (c) => c.json({ status: 'ok', version: VERSION }))
  app.get('/openapi.json', (c) => c.json(describeApi(policy)))
  app.get('/models', async (c) => c.json({ models: await listModels(c.req.query('provider'), root, io) }))
  app.post('/score', async (c) => c.json(await scoreText(readJson(c, ScoreRequest), root, io)))
  app.get('/runs', async (c, next) => {
    if (isPage(c.req.raw)) return next()
    return c.json({
      runs: filterRuns(
        await listRuns(root, io),
        readFilter((name) => c.req.query(name)),
      ),
    })
  })
  app.post('/runs', async (c, next) => {
    if (isPage(c.req.raw)) return next()
    const request = readJson(c, RunRequest)
    const folder = folderUnder(request.folder, root)
    const args = argumentsOf(request, policy)
    const id = await starter.start(folder, args)
    return c.json({ id, command: commandOf(folder, args) }, 201, { location: `/runs/${id}` })
  })
  addRun(app, context)
}

function addRun(app: App, context: Context): void {
  const { root, io } = context
  const pathOf = (c: Exchange) => pathOfRun(c.req.param('id') ?? '', root, io.env)
  app.get('/runs/:id', async (c, next) => {
    if (isPage(c.req.raw)) return next()
    const { data } = await loadReport(pathOf(c), io)
    return c.json({ id: c.req.param('id'), ...data })
  })
  app.delete('/runs/:id', async (c) => {
    const path = pathOf(c)
    await stopRun(path)
    const { data } = await loadReport(path, io)
    return c.json({ id: c.req.param('id'), ...data })
  })
  app.get('/runs/:id/events', (c) => sendEvents(c, pathOf(c), context))
  app.get('/runs/:id/diff', async (c) =>
    sendText(c, await readDiff(await loadReport(pathOf(c), io), io), `${c.req.param('id')}.diff`),
  )
  app.get('/runs/:id/patch', async (c) =>
    sendText(c, await readCommits(await loadReport(pathOf(c), io), io), `${c.req.param('id')}.patch`),
  )
  app.get('/runs/:id/files/:path{.+}', async (c) => {
    const path = c.req.param('path')
    return sendText(c, readSource(await loadReport(pathOf(c), io), path), path.split('/').at(-1) ?? '')
  })
  app.post('/runs/:id/:action', async (c, next) => {
    if (isPage(c.req.raw)) return next()
    const message = await act(
      c.req.param('action'),
      pathOf(c),
      c.get('body') === '' ? {} : readJson(c, ResumeLimits),
      context,
    )
    return c.json({ id: c.req.param('id'), message })
  })
}
