import * as fc from 'fast-check'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openReading } from '../../server/db/backup.ts'
import { lockFolder } from '../../server/db/lock.ts'
import { journalFile, openStore } from '../../server/db/open.ts'
import { asAdmin, freshDatabase, hasPostgres } from '../../server/db/postgres.database.fixture.ts'
import type { ChangeRow, Store } from '../../server/db/store.ts'
import { hashText } from '../../server/journal/hash.ts'
import { chained } from './journal.fixture.ts'
import { reportLines } from './print.ts'
import { checkBackup } from './read.ts'
import { restoreBackup } from './restore.ts'
import { verifyAll } from './verify.ts'
import { writeBackup } from './write.ts'

interface Place {
  dataDir: string
  databaseUrl: string | undefined
}

const NOW = new Date('2026-07-02T03:04:05.678Z')
const VALE = chained('vale', 2500)
const DRILL = chained('vale~drill', 3)

let base: string
let n = 0
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'fengtu-backup-'))))
afterEach(() => rmSync(base, { recursive: true }))

async function place(engine: string): Promise<Place> {
  const dataDir = join(base, `data${n++}`)
  mkdirSync(dataDir)
  return { dataDir, databaseUrl: engine === 'PostgreSQL' ? await freshDatabase() : undefined }
}
const open = ({ dataDir, databaseUrl }: Place) => openStore(dataDir, databaseUrl)
async function having<T>(where: Place, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await open(where)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
async function backUp({ dataDir, databaseUrl }: Place, file: string) {
  const journal = await openReading(dataDir, databaseUrl)
  try {
    return await writeBackup(file, journal, NOW)
  } finally {
    await journal.close()
  }
}
async function verify({ dataDir, databaseUrl }: Place, ...asked: { room: string; hash: string }[]) {
  const journal = await openReading(dataDir, databaseUrl)
  try {
    return reportLines(await verifyAll(journal, asked))
  } finally {
    await journal.close()
  }
}
const allOf = (where: Place) =>
  having(where, async store => {
    const rows: Record<string, ChangeRow[]> = {}
    for (const room of await store.rooms()) rows[room] = await store.read(room, 0)
    return rows
  })

describe.each([
  ['SQLite', 'SQLite'],
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
  ['PostgreSQL', 'PostgreSQL'],
])('from %s to %s', (from, to) => {
  const needsPostgres = [from, to].includes('PostgreSQL')

  test.skipIf(needsPostgres && !hasPostgres)(
    'a backup made while others append is restored whole',
    async () => {
      const [source, target] = [await place(from), await place(to)]
      const file = join(base, 'b.gz')
      const store = await open(source)
      await store.append(VALE)
      await store.append(DRILL)
      const journal = await openReading(source.dataDir, source.databaseUrl)
      await store.append(chained('vale', 10, VALE.at(-1)))
      const written = await writeBackup(file, journal, NOW)
      await journal.close()
      await store.close()
      expect(written.changes).toBe(2503)
      expect(written.heads).toEqual([
        { room: 'vale', seq: 2500, hash: VALE.at(-1)!.hash },
        { room: 'vale~drill', seq: 3, hash: DRILL.at(-1)!.hash },
      ])

      const before = chained('hill', 2)
      const oldEpoch = await having(target, async old => {
        await old.append(before)
        await old.keepSnapshot('hill', { seq: 2, hash: before[1]!.hash, text: '{}' })
        return old.epoch()
      })
      const restored = await restoreBackup(file, target, NOW)
      expect(restored).toMatchObject({
        changes: 2503,
        aside: expect.arrayContaining([expect.stringContaining('before')]),
      })
      expect(await allOf(target)).toEqual({ vale: VALE, 'vale~drill': DRILL })
      await having(target, async now => {
        expect(await now.epoch()).toBe(restored.epoch)
        expect(restored.epoch).not.toBe(oldEpoch)
        expect(await now.snapshot('hill')).toBeNull()
        expect(await now.append(chained('vale', 1, VALE.at(-1)))).toBe('ok')
      })
      expect(await asideOf(target)).toEqual(before)
      expect(await verify(target)).toMatchObject({ good: true })
    },
    60_000,
  )
})

/** The rows of the journal that was kept aside. */
async function asideOf({ dataDir, databaseUrl }: Place): Promise<ChangeRow[]> {
  if (databaseUrl) {
    return asAdmin(databaseUrl, 'select * from journal_before_restore_20260702t030405678z order by seq')
  }
  const old = join(base, `old${n++}`)
  mkdirSync(old)
  const name = 'journal.before-restore-20260702T030405678Z.sqlite'
  writeFileSync(journalFile(old), readFileSync(join(dataDir, name)))
  return (await allOf({ dataDir: old, databaseUrl: undefined })).hill!
}

describe('a backup', () => {
  let source: Place
  let file: string
  beforeEach(async () => {
    source = await place('SQLite')
    file = join(base, 'b.gz')
    await having(source, async store => {
      await store.append(chained('vale', 12))
      await store.append(DRILL)
    })
  })

  test('is for its owner only, leaves nothing beside it, and overwrites nothing', async () => {
    await backUp(source, file)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(file)
    await expect(backUp(source, file)).rejects.toMatchObject({ code: 'file_exists' })
    await expect(backUp(source, join(base, 'nowhere', 'b.gz'))).rejects.toMatchObject({ code: 'ENOENT' })
    expect(readFileSync(file)).toEqual(bytes)
    expect(readdirSync(base).filter(name => name.startsWith('b'))).toEqual(['b.gz'])
  })

  test('of nothing is refused; of an empty journal restores an empty one', async () => {
    const empty = await place('SQLite')
    await expect(backUp(empty, file)).rejects.toMatchObject({ code: 'journal_missing' })
    await having(empty, store => store.rooms())
    await backUp(empty, file)
    await restoreBackup(file, source, NOW)
    expect(await allOf(source)).toEqual({})
  })

  test('is not restored while a server uses the folder', async () => {
    await backUp(source, file)
    const release = await lockFolder(source.dataDir)
    await expect(restoreBackup(file, source, NOW)).rejects.toMatchObject({ code: 'folder_in_use' })
    release()
    expect(await restoreBackup(file, source, NOW)).toMatchObject({ changes: 15 })
  })

  test.skipIf(!hasPostgres)('is not restored while any server uses the PostgreSQL', async () => {
    await backUp(source, file)
    const target = await place('PostgreSQL')
    await having(target, async store => {
      await store.append(chained('hill', 1))
      await expect(restoreBackup(file, target, NOW)).rejects.toMatchObject({ code: 'database_in_use' })
      expect(await store.read('hill', 0)).toHaveLength(1)
    })
    // The server's connection may take a moment to be gone.
    await expect
      .poll(() => restoreBackup(file, target, NOW).catch(e => e.code))
      .toMatchObject({ changes: 15 })
  })

  test('goes in the place of a journal that is damaged, which is kept', async () => {
    await backUp(source, file)
    writeFileSync(journalFile(source.dataDir), 'rubbish'.repeat(1000))
    const { aside } = await restoreBackup(file, source, NOW)
    expect(readFileSync(aside[0]!, 'utf8')).toMatch(/^rubbish/)
    expect(await allOf(source)).toEqual({ vale: chained('vale', 12), 'vale~drill': DRILL })
  })
})

describe('a backup that is not what was written', () => {
  let whole: Uint8Array<ArrayBuffer>
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'fengtu-backup-'))
    const source = await place('SQLite')
    await having(source, async store => {
      await store.append(chained('vale', 12))
      await store.append(DRILL)
    })
    await backUp(source, join(base, 'b.gz'))
    whole = new Uint8Array(readFileSync(join(base, 'b.gz')))
    rmSync(base, { recursive: true })
  })

  /** With an end that fits what stands before it. */
  const sealed = (lines: string[]) => {
    const body = lines.slice(0, -1)
    const changes = body.filter(line => line.startsWith('{"room":')).length
    const sha256 = hashText(body.map(line => `${line}\n`).join(''))
    return [...body, JSON.stringify({ end: { changes, rows: body.length - 1 - changes, sha256 } })]
  }
  const edited = (i: number, edit: (row: ChangeRow) => ChangeRow) => (lines: string[]) =>
    sealed(lines.with(i, JSON.stringify(edit(JSON.parse(lines[i]!) as ChangeRow))))

  test.each<[string, (lines: string[]) => string[], string]>([
    ['its end is missing', lines => lines.slice(0, -1), 'backup_cut'],
    ['something follows its end', lines => [...lines, lines[1]!], 'backup_altered'],
    ['a change is missing before its end', lines => lines.toSpliced(12, 1), 'backup_altered'],
    ['a line is no JSON', lines => sealed(lines.with(3, '{"room":')), 'backup_unreadable'],
    ['a line has too many members', edited(3, row => ({ ...row, more: 1 })), 'backup_unreadable'],
    [
      'a change was edited',
      edited(3, row => ({ ...row, text: row.text.replace('c3', 'c4') })),
      'backup_damaged',
    ],
    [
      'a change was edited and hashed again',
      edited(3, row => {
        const text = row.text.replace('c3', 'c4')
        return { ...row, text, hash: hashText(text) }
      }),
      'backup_damaged',
    ],
    ['a change is missing and the end fits', lines => sealed(lines.toSpliced(5, 1)), 'backup_damaged'],
    [
      'the newest change is missing and the end fits',
      lines => sealed(lines.toSpliced(12, 1)),
      'backup_altered',
    ],
    ['a room is missing and the end fits', lines => sealed(lines.toSpliced(13, 3)), 'backup_altered'],
    ['a room comes in two parts', lines => sealed(lines.toSpliced(15, 0, lines[12]!)), 'backup_damaged'],
    [
      'it is of a later version',
      lines => lines.with(0, lines[0]!.replace('"version":2', '"version":3')),
      'backup_too_new',
    ],
    ['it is something else', () => ['{"type":"FeatureCollection"}'], 'not_a_backup'],
    ['it is empty', () => [], 'not_a_backup'],
  ])('is refused when %s', async (_, edit, code) => {
    const text = edit(gunzipSync(whole).toString().split('\n').slice(0, -1))
    const broken = join(base, 'broken.gz')
    writeFileSync(broken, gzipSync(text.map(line => `${line}\n`).join('')))
    await expect(checkBackup(broken)).rejects.toMatchObject({ code, status: 422 })
  })

  test('is not restored, and nothing is changed by the try', async () => {
    const target = await place('SQLite')
    await having(target, store => store.append(chained('hill', 2)))
    const files = readdirSync(target.dataDir)
    const broken = join(base, 'broken.gz')
    writeFileSync(broken, whole.subarray(0, -9))
    await expect(restoreBackup(broken, target, NOW)).rejects.toMatchObject({ code: 'backup_cut' })
    expect(await allOf(target)).toEqual({ hill: chained('hill', 2) })
    expect(readdirSync(target.dataDir)).toEqual(expect.arrayContaining(files))
    expect(readdirSync(target.dataDir).join()).not.toMatch(/restor/)
  })

  test('is refused wherever it was cut and whatever bit was turned', async () => {
    const broken = join(base, 'broken.gz')
    const refused = async (bytes: Uint8Array) => {
      writeFileSync(broken, bytes)
      await expect(checkBackup(broken)).rejects.toMatchObject({
        code: expect.stringMatching(/^(backup_|not_a_backup)/),
      })
    }
    const text = gunzipSync(whole)
    // Bits that fill up the last byte, like the ten bytes of header, say nothing of the content.
    const isSame = (bytes: Uint8Array) => {
      try {
        return gunzipSync(bytes).equals(text)
      } catch {
        return false
      }
    }
    const where = fc.integer({ min: 10, max: whole.length - 1 })
    await fc.assert(
      fc.asyncProperty(where, fc.nat(7), fc.boolean(), async (at, bit, cut) => {
        const bytes = cut ? whole.subarray(0, at) : whole.with(at, whole[at]! ^ (1 << bit))
        fc.pre(!isSame(bytes))
        await refused(bytes)
      }),
      { numRuns: 150 },
    )
    writeFileSync(broken, 'no gzip at all')
    await expect(checkBackup(broken)).rejects.toMatchObject({ code: 'not_a_backup' })
    await expect(checkBackup(join(base, 'none'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe.each(['SQLite', 'PostgreSQL'])('verifying a journal on %s', engine => {
  test.skipIf(engine === 'PostgreSQL' && !hasPostgres)(
    'names the first damage, and a tail that was cut off',
    async () => {
      const where = await place(engine)
      const vale = chained('vale', 1200)
      await having(where, async store => {
        await store.append(vale.slice(0, 1100))
        await store.append(DRILL.map((row, i) => (i === 1 ? { ...row, text: `${row.text} ` } : row)))
      })
      const { good, lines } = await verify(
        where,
        { room: 'vale', hash: vale[1050]!.hash },
        { room: 'vale', hash: vale[1150]!.hash },
      )
      expect(good).toBe(false)
      expect(lines).toEqual([
        expect.stringMatching(new RegExp(`^vale {8}1100  ${vale[1099]!.hash}.*verifies$`)),
        expect.stringMatching(/^vale~drill {2}3 .*does not verify from change 2 on \(hash\)$/),
        expect.stringMatching(/still in the journal, change 1051$/),
        expect.stringMatching(/its tail was cut off, or it is another journal$/),
      ])
    },
  )
})
