import { parentPort } from 'node:worker_threads'
import { previewRegister } from '../geodata/formats/exchange/preview.ts'
import { datumDoubt } from '../geodata/formats/exchange/datum-doubt.ts'
import { readRegisterFile } from '../geodata/formats/exchange/read-file.ts'
import { writeRegisters } from '../geodata/formats/exchange/write.ts'
import { openGraph } from './algo/roads/graph.ts'
import { snap } from './algo/search/snap.ts'
import { COMMANDS } from './contract/commands.ts'
import { packError } from './contract/failure.ts'
import { recordOf } from './contract/registers/entity.ts'
import type { RecordEntity } from './contract/registers/entity.ts'
import { registerOf } from './contract/registers/index.ts'
import type { RecordPersons } from './contract/registers/record.ts'
import { tidyRecord } from './contract/registers/tidy.ts'
import type { WorldText } from './contract/world.ts'
import type { FromExchange, ToExchange } from './http/exchange.thread.ts'
import type { Against, ExportAs, Exported, PreviewAnswer, PreviewMade, ReadAs } from './http/exchange.ts'

/** Reads, compares and writes files of registers: seconds of work for a large one. */

/** A road further than this from a position says nothing of its datum. */
const NEAREST_ROAD_M = 5000

const rowsIn = (worldJson: string): RecordEntity[] =>
  (JSON.parse(worldJson) as WorldText).entities.filter(({ kind }) => registerOf(kind)) as RecordEntity[]

type Tell = (progress: number) => void
/** Of the whole time, when the rows are read, and when they are compared. */
const READ = 0.5
const COMPARED = 0.8

async function preview(
  tell: Tell,
  file: string,
  bytes: Uint8Array,
  as: ReadAs,
  against: Against,
): Promise<PreviewMade> {
  const { bbox, border, graph, worldJson } = against
  const { register, datum, dropMissing, blanks } = as
  const read = await readRegisterFile(file, bytes, {
    bbox,
    border,
    datum,
    ...(register ? { register } : {}),
    onRead: share => tell(share * READ),
  })
  const held = rowsIn(worldJson).map(entity => ({ rev: entity.rev, record: recordOf(entity) }))
  const { rows, sums, dropsOffered, dropsHeldBack, command, persons, personsChanged } = previewRegister(
    held,
    read,
    { dropMissing, blanks, ...(against.persons ? { persons: against.persons } : {}) },
  )
  tell(COMPARED)
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
    personsLeftOut: against.persons ? 0 : persons.filter(saysSomething).length,
  }
  const input = COMMANDS.importRecords.parse({
    ...command,
    put: command.put.map(({ record, ifRev }) => ({
      record: tidyRecord(registerOf(record.register)!, record),
      ifRev,
    })),
    persons: personsChanged.map(({ kept, changes, ifRev }) => ({
      register: kept.register,
      id: kept.id,
      columns: changes.map(({ column }) => column),
      ifRev,
    })),
  })
  const nothing = input.put.length + input.drop.length + input.persons.length === 0
  return {
    json: bytesOf(answer),
    command: nothing ? null : bytesOf(input),
    persons: bytesOf(personsChanged.map(({ kept }) => kept)),
  }
}

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const saysSomething = ({ name, fields }: RecordPersons): boolean =>
  name !== undefined || Object.values(fields).some(value => value !== null)

async function write(_: Tell, as: ExportAs, worldJson: string): Promise<Exported> {
  const { format, registers, ...about } = as
  const wanted = registers.flatMap(key => registerOf(key) ?? [])
  return writeRegisters(format, wanted, rowsIn(worldJson).map(recordOf), about)
}

const METHODS = { preview, write } as Record<string, (tell: Tell, ...args: never[]) => Promise<unknown>>
const post = (said: FromExchange): void => parentPort!.postMessage(said)

parentPort!.on('message', ({ id, method, args }: ToExchange) => {
  METHODS[method]!(progress => post({ id, progress }), ...(args as never[])).then(
    value => post({ id, value }),
    (e: unknown) => post({ id, failure: packError(e) }),
  )
})
