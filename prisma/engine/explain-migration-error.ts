import type { DatabaseError } from 'pg'
import { EngineFailure } from './engine-failure.ts'

type Refusal = { migration: string; script: string; error: DatabaseError }

const linesBefore = 3

/** P3018: which migration the database refused, with what words, and at which line. */
export function explainMigrationError({ migration, script, error }: Refusal): EngineFailure {
  const said = [
    `${error.severity ?? 'ERROR'}: ${error.message}`,
    error.detail && `DETAIL: ${error.detail}`,
    error.hint && `HINT: ${error.hint}`,
    error.where && `CONTEXT: ${error.where}`,
  ]
  const databaseError = [said.filter(Boolean).join('\n'), excerpt(script, error.position)]
    .filter(Boolean)
    .join('\n\n')
  const code = error.code ?? 'none'
  return new EngineFailure({
    code: 'P3018',
    message: `A migration failed to apply. New migrations cannot be applied before the error is recovered from. Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve

Migration name: ${migration}

Database error code: ${code}

Database error:
${databaseError}
`,
  })
}

/** `position` counts characters from 1, as Postgres does. */
function excerpt(script: string, position: string | undefined): string | undefined {
  if (!position) return undefined
  const failing = [...script].slice(0, Number(position) - 1).filter((character) => character === '\n').length
  const first = Math.max(0, failing - linesBefore)
  const lines = script.split('\n').slice(first, failing + 1)
  return [
    'Position:',
    ...lines.map((line, index) => `${String(first + index + 1).padStart(3)} ${line}`),
  ].join('\n')
}
