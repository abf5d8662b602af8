import { isLoopbackHost } from '@loop-runner/cli-kit'

/** Whether a URL names this machine by a loopback address or as `localhost`. */
export function isLoopback({ hostname }: URL): boolean {
  return isLoopbackHost(hostname.replace(/^\[(.*)\]$/, '$1'))
}
