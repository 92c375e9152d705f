import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type County, PART_VERSIONS, type PartName } from '../../server/contract/county.ts'
import { syncFile } from '../../geodata/durable.ts'
import { type MbtilesInfo, type MbtilesWriter, createMbtiles } from '../../geodata/mbtiles.ts'

type Sources = readonly { name: string; sha256: string }[]

/** Names and telephone numbers: for the account that runs the server only. */
const PRIVATE = new Set<PartName>(['persons'])

/** The parts of a county being built in a folder, with what county.json says of each. */
export class Parts {
  readonly made: County['parts'] = {}

  constructor(private readonly dir: string) {}

  write(part: PartName, file: string, content: Uint8Array | string, from: Sources): void {
    writeFileSync(join(this.dir, file), content, PRIVATE.has(part) ? { mode: 0o600 } : {})
    this.record(part, file, from)
  }

  /** A tile file, filled by `fill`; an unfinished one is closed before the error goes on. */
  async tiles<T>(
    part: PartName,
    file: string,
    from: Sources,
    fill: (writer: MbtilesWriter) => Promise<{ info: MbtilesInfo; result: T }>,
  ): Promise<T> {
    const writer = createMbtiles(join(this.dir, file))
    let filled: { info: MbtilesInfo; result: T }
    try {
      filled = await fill(writer)
    } catch (error) {
      writer.abandon()
      throw error
    }
    writer.close(filled.info)
    this.record(part, file, from)
    return filled.result
  }

  private record(part: PartName, file: string, from: Sources): void {
    const path = join(this.dir, file)
    syncFile(path)
    this.made[part] = {
      file,
      version: PART_VERSIONS[part],
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      bytes: statSync(path).size,
      madeFrom: from.map(({ name, sha256 }) => ({ file: name, sha256 })),
    }
  }
}
