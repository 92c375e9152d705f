import { Choices } from '../tables/rules.ts'
import { headline, ruled, sheetOf } from '../tables/sheets-out.ts'
import { writeBook } from '../workbook-write.ts'
import { markOf } from './mark.ts'
import type { Export, Table } from './write.ts'

/** One workbook with a sheet for each register, dressed like the blank ones. */
export async function writeRegisterXlsx(tables: readonly Table[], about: Export): Promise<Uint8Array> {
  const { lang, county, at, fictional, persons } = about
  const dress = { lang, open: persons === undefined }
  const choices = new Choices()
  const note = [...(fictional ? markOf(lang) : []), `${EXPORTED[lang]} ${at}`].join('\n')
  const plans = tables.map(({ register, records }) => {
    const plan = sheetOf(register, records, headline(register, county, lang), note, dress)
    return ruled(register, plan, choices, dress)
  })
  return writeBook([...plans, ...choices.sheet()], county[lang])
}

const EXPORTED = { zh: '导出于', en: 'Exported' }
