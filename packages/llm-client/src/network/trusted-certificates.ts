import { UsageError } from '@loop-runner/cli-kit'
import { readTextFile } from '../request/read-text-file.ts'

/**
 * The certificates to trust: undefined if none are named, else Node's own list and these.
 *
 * @param ca PEM
 * @throws UsageError for a variable that names no certificates
 */
export function trustedCertificates(
  { ca, env }: { readonly ca?: string | undefined; readonly env: NodeJS.ProcessEnv },
  usual: () => readonly string[],
): { ca?: string[] } {
  const { SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: extra } = env
  if (ca === undefined && !file) return {}
  const named = [file, extra].flatMap((path) => (path ? [readCertificates(path)] : []))
  return { ca: [...usual(), ...named, ...(ca === undefined ? [] : [ca])] }
}

/** Certificates in PEM. @throws UsageError for a file that has none */
export function readCertificates(path: string): string {
  const text = readTextFile(path)
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new UsageError(`${path}: contains no certificate (expected PEM)`)
}
