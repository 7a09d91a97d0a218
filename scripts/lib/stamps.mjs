import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

// What tools write beside the sources, and what no build reads; names that begin with a dot are skipped too.
const SKIPPED = new Set(['node_modules', 'generated', 'coverage', 'next-env.d.ts'])
const TEST_FILE = /\.test\.[a-z]+$/

/** Every source file under the given paths (files or folders, relative to `root`), sorted, with '/' between. */
export function listSources(root, paths) {
  const found = paths.flatMap((path) => walk(join(root, path)))
  return found.map((file) => relative(root, file).split(sep).join('/')).sort()
}

function walk(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name) || entry.name.startsWith('.') || entry.name.endsWith('.tsbuildinfo'))
      return []
    if (TEST_FILE.test(entry.name)) return []
    return entry.isDirectory() ? walk(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : []
  })
}

/** One hash of the names and contents of the files, and of the `extra` strings. */
export function hashFiles(root, files, extra = []) {
  const hash = createHash('sha256')
  for (const text of extra) hash.update(`${text.length}:${text}`)
  for (const file of files) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** True when the stamp says that this very hash was dealt with. */
export function stampMatches(file, hash) {
  return readStamp(file)?.hash === hash
}

/** Writes that `hash` was dealt with; `files` (name to hash) serve to say later what changed. */
export function writeStamp(file, hash, files = {}) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ hash, files }, null, 1)}\n`)
}

/** The names that differ between the stamp and `files`, or null when there is no stamp. */
export function changedSince(file, files) {
  const before = readStamp(file)?.files
  if (!before) return null
  const names = new Set([...Object.keys(before), ...Object.keys(files)])
  return [...names].filter((name) => before[name] !== files[name]).sort()
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** The folders that `packages:` in pnpm-workspace.yaml names; a `folder/*` line stands for each of its folders. */
export function workspaceFolders(root) {
  const lines = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').split('\n')
  const from = lines.indexOf('packages:') + 1
  const rest = lines.slice(from)
  const patterns = rest.slice(
    0,
    rest.findIndex((line) => !/^\s+-/.test(line)),
  )
  return patterns
    .map((line) => line.replace(/^\s+-\s*/, '').replace(/['"]/g, ''))
    .flatMap((pattern) => expand(root, pattern))
}

function expand(root, pattern) {
  if (!pattern.endsWith('/*')) return [pattern]
  const parent = pattern.slice(0, -2)
  if (!existsSync(join(root, parent))) return []
  const folders = readdirSync(join(root, parent), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  return folders.map((entry) => `${parent}/${entry.name}`)
}

/** What `pnpm install` depends on. */
export function installHash(root) {
  const manifests = ['.', ...workspaceFolders(root)].map((folder) => `${folder}/package.json`)
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', ...manifests]
  const present = files.filter((file) => existsSync(join(root, file)))
  return hashFiles(root, present, [process.platform, process.arch])
}

/** What the production build of the web application depends on: one hash, and that of each file and variable. */
export function buildInputs(root, env) {
  const sources = listSources(root, [
    'apps/web',
    'packages',
    'prisma/schema',
    'pnpm-lock.yaml',
    'tsconfig.base.json',
  ])
  const inlined = Object.keys(env).filter((key) => key.startsWith('NEXT_PUBLIC_'))
  const files = Object.fromEntries([
    ...sources.map((name) => [name, hashFiles(root, [name])]),
    ...inlined.sort().map((key) => [key, env[key]]),
  ])
  return { hash: hashFiles(root, [], Object.entries(files).flat()), files }
}

/** What the generated database client depends on. */
export function clientHash(root) {
  const files = listSources(root, [
    'prisma/schema',
    'prisma/package.json',
    'prisma.config.ts',
    'prisma/prisma.config.ts',
  ])
  return hashFiles(root, files)
}
