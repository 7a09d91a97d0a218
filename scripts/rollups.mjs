// Has figures compared with the documents, or counted again, by the worker that runs: run under the workspace's Node by run.mjs.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './lib/command.mjs'
import { Failure } from './lib/failure.mjs'
import { explainOwner, findOwner } from './lib/owner.mjs'
import { askRollups, followRebuilds } from './lib/rollups.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const USAGE = 'Usage: npm run rollups -- check|rebuild|status [--organisation NAME]'

function readArguments([verb, ...rest]) {
  const [flag, organisation, ...more] = rest
  const known = ['check', 'rebuild', 'status'].includes(verb)
  const flagged = rest.length === 0 || (flag === '--organisation' && organisation && more.length === 0)
  if (!known || !flagged) throw new Failure(USAGE)
  return { verb, organisation: organisation ?? null }
}

runCommand(async (stop) => {
  const { verb, organisation } = readArguments(process.argv.slice(2))
  const { ownerUrl } = findOwner(root, process.env, 'npm run rollups')
  const say = (line) => process.stdout.write(`${line}\n`)
  try {
    const organisations = await askRollups({ root, ownerUrl, verb, organisation, say })
    if (verb === 'rebuild') await Promise.race([stop, followRebuilds({ root, ownerUrl, organisations, say })])
  } catch (error) {
    throw explainOwner(error)
  }
})
