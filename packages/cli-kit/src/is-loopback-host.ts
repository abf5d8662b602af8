/** Whether a host, without brackets, is a loopback address or `localhost`: only this machine reaches it. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|::1)$/.test(host)
}
