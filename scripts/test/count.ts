/** What is used of vitest's JSON report. */
export interface Report {
  success: boolean
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { status: string }[]
  }[]
}

export interface Count {
  passed: number
  failed: number
  skipped: number
}

/**
 * Counts tests over all projects. A file that broke before its tests counts as one failed, and so does a run
 * that failed with every test passed (an error nobody caught). Without a report the run itself is what failed.
 */
export function countTests(report: Report | null, exitCode: number): Count {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of report?.testResults ?? []) {
    const failedBefore = count.failed
    for (const test of assertionResults) {
      if (test.status === 'passed') count.passed++
      else if (test.status === 'failed') count.failed++
      else count.skipped++
    }
    if (status === 'failed' && count.failed === failedBefore) count.failed++
  }
  if (count.failed === 0 && exitCode !== 0) count.failed = 1
  return count
}

export function lastLine({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
}
