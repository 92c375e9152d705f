import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { findPostgres } from '../server/db/postgres.fixture.ts'
import { findChromium } from './test/browser.ts'
import { chooseProjects } from './test/choose.ts'
import { countTests, lastLine } from './test/count.ts'
import { testsWithPostgres } from './test/postgres.ts'

const FILES = {
  journeys: ['client/e2e/desk.journey.ts'],
  postgres: ['server/db/postgres.test.ts'],
  gdal: ['server/http/ogc/gdal.test.ts'],
}
const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map(t => ({ status: t })),
})
const ALL = ['unit', 'client', 'journeys']

describe('which projects run', () => {
  test.each([
    { asked: [], browser: true, projects: ALL, rest: [], notRun: [] },
    { asked: [], browser: false, projects: ['unit', 'client'], rest: [], notRun: ['journeys'] },
    {
      asked: ['server/algo'],
      browser: false,
      projects: ['unit', 'client'],
      rest: ['server/algo'],
      notRun: [],
    },
    { asked: ['client/e2e'], browser: true, projects: ALL, rest: ['client/e2e'], notRun: [] },
    {
      asked: ['--project', 'journeys', '-t', 'drag'],
      browser: true,
      projects: ['journeys'],
      rest: ['-t', 'drag'],
      notRun: [],
    },
    { asked: ['--project=journeys'], browser: false, projects: [], rest: [], notRun: ['journeys'] },
  ])('$asked, browser: $browser', ({ asked, browser, ...chosen }) => {
    expect(chooseProjects(asked, FILES, { journeys: browser, postgres: true, gdal: true })).toEqual(chosen)
  })

  test.each([
    { asked: [], notRun: ['postgres', 'gdal'] },
    { asked: ['server/db'], notRun: ['postgres'] },
    { asked: ['server/http'], notRun: ['gdal'] },
    { asked: ['server/algo'], notRun: [] },
    { asked: ['--project=client'], notRun: [] },
  ])('$asked, no PostgreSQL and no GDAL', ({ asked, notRun }) => {
    expect(chooseProjects(asked, FILES, { journeys: true, postgres: false, gdal: false }).notRun).toEqual(
      notRun,
    )
  })
})

describe('the last line', () => {
  const said = (exitCode: number, ...testResults: ReturnType<typeof file>[]) =>
    lastLine(countTests({ success: exitCode === 0, testResults }, exitCode))

  test('everything passed', () => expect(said(0, file('passed', 'passed'))).toBe('1 passed, 0 failed'))
  test('some failed and some were skipped', () =>
    expect(said(1, file('failed', 'passed', 'failed', 'pending', 'todo'))).toBe(
      '1 passed, 1 failed, 2 skipped',
    ))
  test('a file that could not be read is one failed', () =>
    expect(said(1, file('failed'), file('passed', 'passed'))).toBe('1 passed, 1 failed'))
  test('an error that no test caught', () =>
    expect(said(1, file('passed', 'passed'))).toBe('1 passed, 1 failed'))
  test('no report at all', () => expect(lastLine(countTests(null, 1))).toBe('0 passed, 1 failed'))
})

test('a PostgreSQL that is named and not there is none', () => {
  expect(findPostgres({ POSTGRES_BIN: '/nowhere' })).toBeUndefined()
})

test('the tests that need PostgreSQL are found by their fixture', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  expect(testsWithPostgres(root)).toEqual(
    expect.arrayContaining(['server/db/postgres.test.ts', 'server/kill-rounds.test.ts']),
  )
  expect(testsWithPostgres(root)).not.toContain('server/db/store.test.ts')
})

test('a browser that is named and not there is none', () => {
  expect(findChromium({ CHROMIUM: '/nowhere/chromium' })).toBeUndefined()
  expect(findChromium({ CHROMIUM: process.execPath })).toBe(process.execPath)
})
