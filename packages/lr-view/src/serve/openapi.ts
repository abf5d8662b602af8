import { type Option, VERSION } from '@loop-runner/cli-kit'
import * as z from 'zod/mini'
import { RunData } from '@loop-runner/run-report'
import { ResumeLimits } from './act.ts'
import { Row } from './list-runs.ts'
import { type Policy, RunRequest } from './run-request.ts'
import { ScoreRequest } from './score-text.ts'

type Schema = Readonly<Record<string, unknown>>

/** The API as OpenAPI 3.1 describes it. */
export function describeApi(policy: Policy): object {
  const filters = ['q', 'label', 'model', 'state'].map((name) => query(name))
  return {
    openapi: '3.1.0',
    info: { title: 'lr-view', version: VERSION, description: 'Runs of lr-loop on this machine.' },
    security: [{ token: [] }],
    paths: {
      '/health': { get: { ...operation('Whether the server answers', HEALTH), security: [] } },
      '/models': { get: { ...operation('Models that a provider lists', MODELS), parameters: [query('provider')] } },
      '/score': {
        post: { ...operation('Score a text by requirements', SCORE), requestBody: body(schemaOf(ScoreRequest)) },
      },
      '/runs': {
        get: {
          ...operation('Runs, newest first', {
            type: 'object',
            required: ['runs'],
            properties: { runs: { type: 'array', items: RUN_ROW } },
          }),
          parameters: filters,
        },
        post: { ...operation('Start a run', STARTED, '201'), requestBody: body(runRequest(policy)) },
      },
      ...RUN_PATHS,
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'the token in the first address' } },
      schemas: { Problem: PROBLEM },
    },
  }
}

const ACTIONS = ['stop', 'resume', 'undo', 'finish', 'abandon']
const TEXT = { type: 'string' }
const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: { type: TEXT, title: TEXT, status: { type: 'integer' }, detail: TEXT },
}
const HEALTH: Schema = record({ status: { const: 'ok' }, version: TEXT })
const MODELS: Schema = record({ models: { type: 'array', items: record({ id: TEXT }) } })
const SCORE: Schema = {
  ...record({ score: { type: 'number', minimum: 0, maximum: 1 }, passed: { type: 'boolean' } }),
  description: 'as lr-score --format json prints it',
}
const STARTED: Schema = record({ id: TEXT, command: TEXT })
const ACTED: Schema = record({ id: TEXT, message: TEXT })
const ID = { name: 'id', in: 'path', required: true, schema: TEXT, description: 'name of a run' }
const ACTION = { name: 'action', in: 'path', required: true, schema: { enum: ACTIONS } }
const RUN_ROW: Schema = { allOf: [record({ id: TEXT }), schemaOf(Row)] }
const RUN: Schema = { allOf: [record({ id: TEXT }), schemaOf(RunData)] }

const LIMITS = { ...body(schemaOf(ResumeLimits)), required: false, description: 'new limits, for resume' }
const RUN_PATHS: Schema = {
  '/runs/{id}': {
    parameters: [ID],
    get: operation('A run', RUN),
    delete: operation('Interrupt a run; its files stay, and it can be resumed', RUN),
  },
  '/runs/{id}/events': {
    parameters: [ID],
    get: {
      ...operation(
        'Events as server-sent events; "over" is the last one',
        { type: 'string' },
        '200',
        'text/event-stream',
      ),
      parameters: [query('from'), { name: 'Last-Event-ID', in: 'header', schema: { type: 'string' } }],
    },
  },
  '/runs/{id}/diff': { parameters: [ID], get: text('What the run changed, for git apply') },
  '/runs/{id}/patch': { parameters: [ID], get: text('The commits of the run, for git am') },
  '/runs/{id}/files/{path}': {
    parameters: [ID, { name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
    get: text('A source as the run left it'),
  },
  '/runs/{id}/{action}': {
    parameters: [ID, ACTION],
    post: { ...operation('Stop, resume or take back a run', ACTED), requestBody: LIMITS },
  },
}

function record(properties: Schema): Schema {
  return { type: 'object', required: Object.keys(properties), properties }
}

function query(name: string): Schema {
  return { name, in: 'query', schema: TEXT }
}

function body(schema: Schema): Schema {
  return { required: true, content: { 'application/json': { schema } } }
}

function operation(summary: string, schema: Schema, status = '200', type = 'application/json'): Schema {
  return {
    summary,
    responses: {
      [status]: { description: summary, content: { [type]: { schema } } },
      default: {
        description: 'what is wrong',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function text(summary: string): Schema {
  return { ...operation(summary, TEXT, '200', 'text/plain'), parameters: [query('download')] }
}

/** Other fields may be added to what the server sends. */
function schemaOf(schema: z.ZodMiniType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}

/** With the options that are allowed, as lr-loop describes them. */
function runRequest({ table }: Policy): Schema {
  const { properties, ...rest } = schemaOf(RunRequest)
  const options = Object.entries(table).map(([name, option]) => [name, schemaOfOption(option)])
  return {
    ...rest,
    properties: {
      ...(properties as object),
      options: { type: 'object', properties: Object.fromEntries(options), additionalProperties: false },
    },
  }
}

function schemaOfOption(option: Option): Schema {
  const { describe: description } = option
  switch (option.type) {
    case 'flag':
      return { type: 'boolean', description }
    case 'choice':
      return { enum: option.choices, description }
    case 'list':
      return { type: 'array', items: TEXT, description }
    case 'integer':
    case 'number': {
      const { type, min, max } = option
      return {
        type,
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
        description,
      }
    }
    case 'text':
    case 'duration':
    case 'command':
      return { type: 'string', description }
  }
}
