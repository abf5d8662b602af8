import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { GitObject, ObjectFormat } from '../repository/git-object.ts'

const TYPE_NUMBERS = { commit: 1, tree: 2, blob: 3 } as const

/**
 * A pack, version 2, of whole objects: git takes any number of them in one process from it (`unpack-objects`), and
 * checks each.
 */
export function writePack(objects: readonly GitObject[], format: ObjectFormat): Buffer {
  const header = Buffer.alloc(12)
  header.write('PACK', 'latin1')
  header.writeUInt32BE(2, 4)
  header.writeUInt32BE(objects.length, 8)
  const body = Buffer.concat([
    header,
    ...objects.flatMap((object) => [writeHeader(object), deflateSync(object.bytes, { level: 1 })]),
  ])
  return Buffer.concat([body, createHash(format).update(body).digest()])
}

/** Type and length: 4 bits of length in the first byte, 7 in each that follows, the lowest first. */
function writeHeader({ type, bytes }: GitObject): Buffer {
  const header: number[] = []
  let byte = (TYPE_NUMBERS[type] << 4) | (bytes.length & 15)
  for (let rest = Math.floor(bytes.length / 16); rest > 0; rest = Math.floor(rest / 128)) {
    header.push(byte | 128)
    byte = rest & 127
  }
  return Buffer.from([...header, byte])
}
