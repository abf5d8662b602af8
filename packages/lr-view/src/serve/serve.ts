import { defineCommand, isLoopbackHost, UsageError } from '@loop-runner/cli-kit'

export const serve = defineCommand({
  usage: '[-C ROOT] [--port N] [options]',
  summary: 'Serve a page and an API to start, watch and compare runs.',
  options: {
    host: {
      type: 'text',
      placeholder: 'HOST',
      default: '127.0.0.1',
      describe: 'address to listen on; beyond loopback, --token-file is required',
      commandLineOnly: true,
    },
    port: {
      type: 'integer',
      min: 0,
      max: 65_535,
      placeholder: 'N',
      default: 8485,
      describe: 'port to listen on; 0 picks a free one',
      commandLineOnly: true,
    },
    'token-file': {
      type: 'text',
      placeholder: 'FILE',
      describe: 'read the token from FILE, which only its owner may read (default: a new random token)',
      commandLineOnly: true,
    },
    'allow-commands': {
      type: 'flag',
      describe: 'accept exec: models, agents, hidden checks, stage commands and stop commands from the page',
      commandLineOnly: true,
    },
    'max-runs': {
      type: 'integer',
      min: 1,
      default: 4,
      placeholder: 'N',
      describe: 'refuse to start a run while N runs started here are running',
      commandLineOnly: true,
    },
  },
  needs: 'nothing',
  details: `
The first line on standard output is the address with the token; open it in a
browser. Programs send the token as "Authorization: Bearer TOKEN"; the API is
described at /openapi.json. The page shows the runs in ROOT and below (default:
the working directory), and starts runs only there.

A client with the token can run programs as you, such as the check command of a
run. Each run is a process of its own. When the server stops, it interrupts the
runs that it started; resume them on the page or by lr-loop --resume.

Exit codes: 2 invalid usage · 3 port in use · 130, 143 interrupted

  lr-view serve -C ~/src --port 0
`,
  async run({ options }, io) {
    const isLoopback = isLoopbackHost(options.host)
    if (!isLoopback && options['token-file'] === undefined) {
      throw new UsageError(`option --host: ${options.host} can be reached by others (require a token: --token-file)`)
    }
    const { startServer } = await import('./start-server.ts')
    await startServer(
      {
        host: options.host,
        port: options.port,
        isLoopback,
        tokenFile: options['token-file'],
        allowCommands: options['allow-commands'],
        maxRuns: options['max-runs'],
      },
      io,
    )
    // Ends by a signal only.
    return new Promise(() => {})
  },
})
