import type { Lang } from '../contract/errors.ts'
import type { Area, Bbox } from '../contract/geo.ts'
import type { Datum, Preview, RegisterFile, SaveRecordsInput } from '../contract/registers/exchange.ts'

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
  /** So many rows have names or telephone numbers: kept apart and not imported here. */
  personsLeftOut: number
}

export interface PreviewMade {
  /** `PreviewAnswer` without its outer braces' id: bytes of JSON. */
  json: Uint8Array
  command: SaveRecordsInput
}

export interface ExportAs {
  format: 'xlsx' | 'csv' | 'geojson' | 'kml'
  /** Keys of registers. */
  registers: string[]
  lang: Lang
  fictional: boolean
  at: string
  county: { zh: string; en: string }
}

export interface Exported {
  name: string
  type: string
  bytes: Uint8Array
}

/** Files of registers in and out; runs beside the server's main thread. */
export interface Exchange {
  /** @throws Refusal for a file that cannot be read at all */
  preview(file: string, bytes: Uint8Array, as: ReadAs, against: Against): Promise<PreviewMade>
  write(as: ExportAs, worldJson: string): Promise<Exported>
}
