import type { Lang } from '../contract/errors.ts'
import type { Area, Bbox } from '../contract/geo.ts'
import type { Datum, Preview, RegisterFile } from '../contract/registers/exchange.ts'
import type { RowPersons } from '../contract/registers/persons.ts'
import type { RecordPersons } from '../contract/registers/record.ts'

/** What an uploaded file is to be read as. */
export interface ReadAs {
  register?: string
  datum: Datum
  dropMissing: boolean
  blanks: 'unknown' | 'keep'
}

/** Where the file's things should lie, and what is held of them. */
export interface Against {
  bbox: Bbox
  border: Area | null
  graph: SharedArrayBuffer
  /** The room's world as text, as `worldText` writes it. */
  worldJson: string
  /** Null where the asker may not see them: columns of persons are left out then. */
  persons: readonly RowPersons[] | null
}

/** What a screen is told of a file, row by row; JSON. */
export interface PreviewAnswer extends Pick<Preview, 'rows' | 'sums' | 'dropsOffered' | 'dropsHeldBack'> {
  file: string
  format: RegisterFile['format']
  encoding: string | null
  hidden: string[]
  notes: RegisterFile['notes']
  sheets: (Pick<RegisterFile['sheets'][number], 'name' | 'register' | 'ignored' | 'faults'> & {
    rows: number
  })[]
  datum: {
    chosen: Datum
    best: Datum | null
    doubtful: boolean
    counted: number
    text: { zh: string; en: string } | null
  }
  /** So many rows have names or telephone numbers that are not imported: whoever asked may not see them. */
  personsLeftOut: number
}

export interface PreviewMade {
  /** `PreviewAnswer` without its outer braces' id: bytes of JSON. */
  json: Uint8Array
  /** Input of `importRecords`, checked by its schema: bytes of JSON, null where there is nothing to do. */
  command: Uint8Array | null
  /** `RecordPersons[]` to be kept once that is in the journal: bytes of JSON. */
  persons: Uint8Array
}

export interface ExportAs {
  format: 'xlsx' | 'csv' | 'geojson' | 'kml'
  /** Keys of registers. */
  registers: string[]
  lang: Lang
  fictional: boolean
  at: string
  county: { zh: string; en: string }
  /** Without them no column of names and telephone numbers is written. */
  persons?: readonly RecordPersons[]
}

export interface Exported {
  name: string
  type: string
  bytes: Uint8Array
}

/** How far a call is, for whoever waits for it. */
export interface Watch {
  /** 0–1 of the rows are read; told from when the thread has begun with it. */
  progress?(share: number): void
  /** Ends it: nobody waits for it any more. */
  signal?: AbortSignal
}

/** Files of registers in and out; runs beside the server's main thread. */
export interface Exchange {
  /** @throws Refusal for a file that cannot be read at all, takes too long or too much memory */
  preview(file: string, bytes: Uint8Array, as: ReadAs, against: Against, watch?: Watch): Promise<PreviewMade>
  /** @throws Refusal as `preview` does */
  write(as: ExportAs, worldJson: string, watch?: Watch): Promise<Exported>
}
