import { previewRegister } from '../geodata/formats/exchange/preview.ts'
import { datumDoubt } from '../geodata/formats/exchange/datum-doubt.ts'
import { readRegisterFile } from '../geodata/formats/exchange/read-file.ts'
import { writeRegisters } from '../geodata/formats/exchange/write.ts'
import { openGraph } from './algo/roads/graph.ts'
import { snap } from './algo/search/snap.ts'
import { recordOf } from './contract/registers/entity.ts'
import type { RecordEntity } from './contract/registers/entity.ts'
import { registerOf } from './contract/registers/index.ts'
import type { WorldText } from './contract/world.ts'
import { answerCalls } from './db/thread.ts'
import type { Against, ExportAs, Exported, PreviewAnswer, PreviewMade, ReadAs } from './http/exchange.ts'

/** Reads, compares and writes files of registers: seconds of work for a large one. */

/** A road further than this from a position says nothing of its datum. */
const NEAREST_ROAD_M = 5000

const rowsIn = (worldJson: string): RecordEntity[] =>
  (JSON.parse(worldJson) as WorldText).entities.filter(({ kind }) => registerOf(kind)) as RecordEntity[]

async function preview(file: string, bytes: Uint8Array, as: ReadAs, against: Against): Promise<PreviewMade> {
  const { bbox, border, graph, worldJson } = against
  const { register, datum, dropMissing, blanks } = as
  const read = await readRegisterFile(file, bytes, { bbox, border, datum, ...(register ? { register } : {}) })
  const held = rowsIn(worldJson).map(entity => ({ rev: entity.rev, record: recordOf(entity) }))
  const { rows, sums, dropsOffered, dropsHeldBack, command, persons } = previewRegister(held, read, {
    dropMissing,
    blanks,
  })
  const roads = openGraph(graph)
  const asRead = read.sheets.flatMap(sheet => sheet.rows.flatMap(row => (row.asRead ? [row.asRead] : [])))
  const { chosen, best, doubtful, counted, text } = datumDoubt(
    asRead,
    datum,
    at => snap(roads, null, at, NEAREST_ROAD_M)?.distanceM ?? null,
  )
  const { format, encoding, hidden, notes } = read
  const answer: PreviewAnswer = {
    file,
    format,
    encoding,
    hidden,
    notes,
    sheets: read.sheets.map(({ name, register: key, ignored, faults, rows: all }) => {
      return { name, register: key, ignored, faults, rows: all.length }
    }),
    datum: { chosen, best, doubtful, counted, text },
    rows,
    sums,
    dropsOffered,
    dropsHeldBack,
    personsLeftOut: persons.length,
  }
  return { json: new TextEncoder().encode(JSON.stringify(answer)), command }
}

async function write(as: ExportAs, worldJson: string): Promise<Exported> {
  const { format, registers, ...about } = as
  const wanted = registers.flatMap(key => registerOf(key) ?? [])
  return writeRegisters(format, wanted, rowsIn(worldJson).map(recordOf), about)
}

answerCalls({ preview, write })
