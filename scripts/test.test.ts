import { describe, expect, test } from 'vitest'
import { findChromium } from './test/browser.ts'
import { chooseProjects } from './test/choose.ts'
import { countTests, lastLine } from './test/count.ts'

const JOURNEYS = ['client/e2e/desk.journey.ts']
const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map(t => ({ status: t })),
})
const ALL = ['unit', 'client', 'journeys']

describe('which projects run', () => {
  test.each([
    { asked: [], browser: true, projects: ALL, rest: [], notRun: false },
    { asked: [], browser: false, projects: ['unit', 'client'], rest: [], notRun: true },
    {
      asked: ['server/algo'],
      browser: false,
      projects: ['unit', 'client'],
      rest: ['server/algo'],
      notRun: false,
    },
    { asked: ['client/e2e'], browser: true, projects: ALL, rest: ['client/e2e'], notRun: false },
    {
      asked: ['--project', 'journeys', '-t', 'drag'],
      browser: true,
      projects: ['journeys'],
      rest: ['-t', 'drag'],
      notRun: false,
    },
    { asked: ['--project=journeys'], browser: false, projects: [], rest: [], notRun: true },
  ])('$asked, browser: $browser', ({ asked, browser, ...chosen }) => {
    expect(chooseProjects(asked, JOURNEYS, browser)).toEqual(chosen)
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

test('a browser that is named and not there is none', () => {
  expect(findChromium({ CHROMIUM: '/nowhere/chromium' })).toBeUndefined()
  expect(findChromium({ CHROMIUM: process.execPath })).toBe(process.execPath)
})
