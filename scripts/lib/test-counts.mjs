import { existsSync, readFileSync } from 'node:fs'

/**
 * Counts of a Vitest JSON report: `{ passed, failed, problems }`. A skipped or todo test is a failure, and so is a
 * file that could not be loaded: it holds tests that nobody ran.
 */
export function countVitest(report) {
  const counts = { passed: 0, failed: 0, problems: [] }
  for (const file of report.testResults) {
    for (const test of file.assertionResults) addTest(counts, file, test)
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
      addProblem(counts, `${file.name}: ${file.message || 'the file could not be run'}`)
    }
  }
  return counts
}

function addTest(counts, file, { status, fullName, failureMessages }) {
  if (status === 'passed') counts.passed += 1
  else if (status === 'failed')
    addProblem(counts, `${file.name} > ${fullName}\n${ownLines(failureMessages ?? [])}`)
  else addProblem(counts, `${file.name} > ${fullName}: ${status}; a test that does not run proves nothing`)
}

// The frames of the tools bury ours.
function ownLines(messages) {
  return messages
    .flatMap((message) => message.split('\n'))
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .join('\n')
}

/** The same for a Playwright JSON report. A test that passed only when tried again is a failure too. */
export function countPlaywright(report) {
  const counts = { passed: 0, failed: 0, problems: [] }
  for (const error of report.errors ?? []) addProblem(counts, error.message ?? String(error.value))
  for (const { spec, path } of report.suites.flatMap((suite) => specsOf(suite, []))) {
    for (const test of spec.tests) {
      if (test.status === 'expected' && test.expectedStatus === 'passed') counts.passed += 1
      else addProblem(counts, `${path.join(' > ')} > ${spec.title}: ${explain(test)}`)
    }
  }
  return counts
}

function specsOf(suite, above) {
  const path = [...above, suite.title]
  return [
    ...(suite.specs ?? []).map((spec) => ({ spec, path })),
    ...(suite.suites ?? []).flatMap((inner) => specsOf(inner, path)),
  ]
}

function explain(test) {
  const messages = test.results.flatMap((result) => result.errors ?? []).map((error) => error.message)
  return [test.status === 'unexpected' ? 'failed' : test.status, ...messages, ...seen(test)].join('\n')
}

const SEEN_CHARS = 6_000

/** What the pages showed when the test failed, as Playwright wrote it down: elsewhere nobody can look again. */
function seen(test) {
  return test.results
    .flatMap((result) => result.attachments ?? [])
    .filter(({ name, path }) => name === 'error-context' && path && existsSync(path))
    .map(({ path }) => {
      const text = readFileSync(path, 'utf8')
      return text.slice(Math.max(0, text.indexOf('# Page snapshot'))).slice(0, SEEN_CHARS)
    })
}

function addProblem(counts, problem) {
  counts.failed += 1
  counts.problems.push(problem)
}

/** The sum of several counts. */
export function sumCounts(all) {
  return all.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    {
      passed: 0,
      failed: 0,
    },
  )
}
