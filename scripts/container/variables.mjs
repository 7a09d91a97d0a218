import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// What the framework and the image itself read: settings of a process, not of the application.
const OF_THE_PROCESS = ['NODE_ENV', 'PORT', 'FIELDBACK_DATA', 'NEXT_TELEMETRY_DISABLED']

/** The variables that the web server reads, `{ all, required }`: those of its schema without a default must be there. */
export function readByServer(root) {
  const text = readFileSync(join(root, 'apps/web/src/server/env.ts'), 'utf8')
  const lines = [...text.matchAll(/^ {2}([A-Z][A-Z_]+): (.*)$/gm)].filter(([, , rule]) =>
    /^(z\.|text)/.test(rule),
  )
  const names = lines.map(([, name]) => name)
  const required = lines.filter(([, , rule]) => !/\.(default|optional)\(/.test(rule)).map(([, name]) => name)
  return { all: [...new Set([...OF_THE_PROCESS, ...names])], required }
}

/** The same of the worker, which reads its variables one by one; what it must have is said with `?? ''`. */
export function readByWorker(root) {
  const text = readFileSync(join(root, 'apps/worker/src/env.ts'), 'utf8')
  const names = [...text.matchAll(/\benv\.([A-Z][A-Z_]+)/g)].map(([, name]) => name)
  const required = [...text.matchAll(/\benv\.([A-Z][A-Z_]+) \?\? ''/g)].map(([, name]) => name)
  return { all: [...new Set([...OF_THE_PROCESS, ...names])], required }
}
