import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { CommandError, ExitStatus, type Io, isSameSecret } from '@loop-runner/cli-kit'
import { addApi } from './add-api.ts'
import { addPages } from './add-pages.ts'
import { checkRequest, cookieOf, type Door } from './check-request.ts'
import { type App, type Context, isPage } from './context.ts'
import { writeErrorPage } from '../pages/layout.ts'
import { Problem, writeProblem } from './problem.ts'
import { readBody } from './read-body.ts'

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Without a referrer browsers would send "Origin: null" with forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH'] as const

export function makeApp(context: Context): App {
  const app: App = new Hono()
  app.use(async (c, next) => {
    const response = enter(c.req.raw, context.door)
    if (response) c.res = response
    else await next()
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
  })
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') c.set('body', await readBody(c.env.incoming))
    await next()
  })
  addApi(app, context)
  addPages(app, context)
  app.notFound((c) => answerUnknown(app, c.req.raw, c.req.path))
  app.onError((error, c) => answer(problemOf(error, context.io), c.req.raw))
  return app
}

/** The answer to a request that is not accepted, or that brings the token in its address. */
function enter(request: Request, door: Door): Response | undefined {
  const refusal = checkRequest(request, door)
  if (refusal?.status === 403) return answer(new Problem(403, refusal.message), request)
  const url = new URL(request.url)
  if (request.method !== 'GET' || !isSameSecret(url.searchParams.get('token') ?? '', door.token)) {
    return refusal && answer(new Problem(refusal.status, refusal.message), request)
  }
  // The token leaves the address bar and the history at once.
  url.searchParams.delete('token')
  const cookie = `${door.cookieName}=${cookieOf(door.token)}; Path=/; HttpOnly; SameSite=Strict`
  return new Response(null, { status: 303, headers: { location: url.pathname + url.search, 'set-cookie': cookie } })
}

/** 405 with the methods of that path (RFC 9110, 15.5.6), 404 if it has none. */
function answerUnknown(app: App, request: Request, path: string): Response {
  const middleware = app.router.match('NONE', path)[0].length
  const allowed = METHODS.filter((method) => app.router.match(method, path)[0].length > middleware)
  if (allowed.length === 0) return answer(new Problem(404, `${request.method} ${path}: not found`), request)
  const allow = allowed.join(', ')
  const response = answer(new Problem(405, `${request.method} ${path}: use the method ${allow}`), request)
  response.headers.set('allow', allow)
  return response
}

function answer(problem: Problem, request: Request): Response {
  return isPage(request) ? writeErrorPage(problem) : writeProblem(problem)
}

function problemOf(error: Error, io: Io): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException) return new Problem(error.status, error.message || 'the request cannot be read')
  if (error instanceof CommandError) return new Problem(error.status === ExitStatus.Usage ? 404 : 502, error.message)
  io.warn(`bug: ${error.stack ?? error.message}`)
  return new Problem(500, 'a bug of lr-view: see its standard error')
}
