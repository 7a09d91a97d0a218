import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/lib/test-order.ts'

const NEVER = ['**/node_modules/**', '**/.next/**', '**/.cache/**', '**/.data/**', '**/generated/**']
const DATABASE_TESTS = '**/*.db.test.ts'
const RULES_TESTS = 'packages/domain/**/*.test.ts'
const BUILT_TESTS = '**/*.built.test.mjs'

// Packages export this very configuration: its patterns hold from the root and from any package.
export default defineConfig({
  test: {
    // One less by default, which is one of two: tests wait for the database more than they work.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx,mjs}'],
          exclude: [...NEVER, DATABASE_TESTS, BUILT_TESTS, RULES_TESTS],
          // A rule is not broken because the machine is busy.
          testTimeout: 30_000,
        },
      },
      {
        // Pure functions leave nothing behind: they share a process, which takes longer to start than most files take.
        test: {
          name: 'unit-rules',
          include: [RULES_TESTS],
          exclude: NEVER,
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'db',
          // Each file has a database of its own; to load the application anew for each took as long as all that they do.
          isolate: false,
          include: [DATABASE_TESTS],
          exclude: NEVER,
          globalSetup: [fileURLToPath(new URL('./scripts/lib/test-cluster-setup.mjs', import.meta.url))],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // What needs the production build, which the browser tests make.
        test: { name: 'built', include: [BUILT_TESTS], exclude: NEVER, testTimeout: 30_000 },
      },
    ],
  },
})
