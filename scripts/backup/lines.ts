import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'

/** Nothing in a backup is longer: whatever is, was not written by us. */
const LONGEST = 256 * 1024 * 1024

/**
 * The lines of a gzipped file, each with its `\n`; the last may be without.
 * @throws Error of the disk or of zlib (`Z_…`), RangeError on an endless line
 */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const source = createReadStream(path)
  const text = new StringDecoder('utf8')
  const unpacked = source.pipe(createGunzip())
  source.on('error', e => unpacked.destroy(e))
  let rest = ''
  try {
    for await (const part of unpacked) {
      rest += text.write(part as Buffer)
      let start = 0
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
        yield rest.slice(start, end + 1)
        start = end + 1
      }
      rest = rest.slice(start)
      if (rest.length > LONGEST) throw new RangeError('a line without an end')
    }
    rest += text.end()
    if (rest) yield rest
  } finally {
    source.destroy()
    unpacked.destroy()
  }
}
