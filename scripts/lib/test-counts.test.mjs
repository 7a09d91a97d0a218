import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countPlaywright, countVitest, sumCounts } from './test-counts.mjs'

describe('counts of a Vitest report', () => {
  const file = (assertionResults, status = 'passed', message = '') => ({
    name: 'a.test.ts',
    status,
    message,
    assertionResults,
  })
  const assertion = (status) => ({ status, fullName: 'rule', failureMessages: ['expected 1'] })

  test('a passed test and a failed one', () => {
    const counts = countVitest({ testResults: [file([assertion('passed'), assertion('failed')], 'failed')] })
    expect(counts).toMatchObject({ passed: 1, failed: 1 })
    expect(counts.problems[0]).toContain('a.test.ts > rule\nexpected 1')
  })

  test.each(['pending', 'skipped', 'todo', 'disabled'])('a %s test is a failure', (status) => {
    expect(countVitest({ testResults: [file([assertion('passed'), assertion(status)])] })).toMatchObject({
      passed: 1,
      failed: 1,
    })
  })

  test('a file that cannot be loaded is a failure, though it holds no test', () => {
    const counts = countVitest({ testResults: [file([], 'failed', 'SyntaxError')] })
    expect(counts).toEqual({ passed: 0, failed: 1, problems: ['a.test.ts: SyntaxError'] })
  })
})

describe('counts of a Playwright report', () => {
  const report = (status, expectedStatus = 'passed') => ({
    errors: [],
    suites: [
      {
        title: 'report.spec.ts',
        suites: [
          {
            title: 'a rep',
            specs: [
              {
                title: 'saves',
                tests: [{ status, expectedStatus, results: [{ errors: [{ message: 'lost' }] }] }],
              },
            ],
          },
        ],
      },
    ],
  })

  test('an expected end passes, in nested groups too', () => {
    expect(countPlaywright(report('expected'))).toEqual({ passed: 1, failed: 0, problems: [] })
  })

  test.each(['unexpected', 'flaky', 'skipped'])('%s is a failure that says where', (status) => {
    const counts = countPlaywright(report(status))
    expect(counts).toMatchObject({ passed: 0, failed: 1 })
    expect(counts.problems[0]).toContain('report.spec.ts > a rep > saves')
  })

  test('a failure tells what its pages showed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fieldback-counts-'))
    const path = join(folder, 'error-context.md')
    writeFileSync(path, '# Instructions\n\n# Page snapshot\n- heading "Béarn"\n')
    const failed = report('unexpected')
    const [result] = failed.suites[0].suites[0].specs[0].tests[0].results
    result.attachments = [{ name: 'error-context', path }]
    expect(countPlaywright(failed).problems[0]).toMatch(/lost\n# Page snapshot\n- heading "Béarn"/)
    rmSync(folder, { recursive: true })
    expect(countPlaywright(failed).problems[0]).toMatch(/lost$/)
  })

  test('a test that is expected to fail or to be skipped proves nothing', () => {
    expect(countPlaywright(report('expected', 'failed')).failed).toBe(1)
    expect(countPlaywright(report('skipped', 'skipped')).failed).toBe(1)
  })

  test('an error outside any test is a failure', () => {
    expect(countPlaywright({ errors: [{ message: 'no server' }], suites: [] })).toMatchObject({
      passed: 0,
      failed: 1,
    })
  })
})

test('counts are summed over steps', () => {
  expect(
    sumCounts([
      { passed: 2, failed: 1 },
      { passed: 3, failed: 0 },
    ]),
  ).toEqual({ passed: 5, failed: 1 })
})
