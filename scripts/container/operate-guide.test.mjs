import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readByServer, readByWorker } from './variables.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path) => readFileSync(join(root, path), 'utf8')
const guide = read('docs/operate.md')

/** The variables named in the first cells of a document's tables under "Configuration". */
function tabled(text) {
  const from = text.indexOf('## Configuration')
  const section = text.slice(from, text.indexOf('\n## ', from + 1))
  const cells = [...section.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell)
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name)).sort()
}

/** What a server's schema has and a person has no business setting. */
const OF_THE_BUILD = ['NODE_ENV', 'NEXT_TELEMETRY_DISABLED']

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !/node_modules|generated|\.test\.|\.next/.test(path))
    .map((path) => read(join(folder, path)))
}

/** Every variable that a source file takes from the environment by its name. */
function readAnywhere() {
  const text = ['apps', 'packages', 'prisma', 'scripts'].flatMap(sources).join('\n')
  const found = text.matchAll(/(?:\benv\.|\baddress\(')([A-Z][A-Z0-9_]+)/g)
  return new Set([...found].map(([, name]) => name))
}

describe('the guide for operators', () => {
  it('names every variable that the web server, the worker and the launcher read', () => {
    const launcher = [...read('scripts/lib/settings.mjs').matchAll(/\benv\.([A-Z][A-Z_]+)/g)].map(
      ([, n]) => n,
    )
    const wanted = new Set([...readByServer(root).all, ...readByWorker(root).all, ...launcher])
    const named = tabled(guide)
    expect([...wanted].filter((name) => !named.includes(name) && !OF_THE_BUILD.includes(name))).toEqual([])
  })

  it('names no variable that nothing reads, nor does the README', () => {
    const known = new Set([...readAnywhere(), ...readByServer(root).all, ...readByWorker(root).all])
    expect(tabled(guide).length).toBeGreaterThan(12)
    expect(tabled(guide).filter((name) => !known.has(name))).toEqual([])
    expect(tabled(read('README.md')).length).toBeGreaterThan(8)
    expect(tabled(read('README.md')).filter((name) => !tabled(guide).includes(name))).toEqual([])
  })

  it('says which variables are needed as the servers do', () => {
    const needed = [...guide.matchAll(/^\| `([A-Z_]+)` \| [^|]*\bweb\b[^|]* \| needed \|/gm)].map(
      ([, name]) => name,
    )
    expect(needed.sort()).toEqual(readByServer(root).required.sort())
  })

  it('holds the very SQL of deploy/roles.sql, which the tests of the image run', () => {
    const [, sql] = /```sql\n([\s\S]*?)```/.exec(guide) ?? []
    expect(sql).toBe(read('deploy/roles.sql'))
  })

  it('quotes sentences that are really printed', () => {
    const section = guide.slice(guide.indexOf('## Troubleshooting'))
    const quoted = [...section.matchAll(/^\| `([A-Z][^`]*?)(?:;? ?….*)?`/gm)].map(([, sentence]) => sentence)
    const printed = ['scripts', 'apps/web/src/server'].flatMap(sources).join('\n')
    // Names and numbers stand where the code has a placeholder: the longest run of plain words is looked for.
    const plain = (sentence) =>
      sentence
        .replace(
          /\bDATABASE_[A-Z_]+\b|\b(3000|db:5432|fieldback_app|fieldback|60)\b|\([^)]*\)|\bis(?= missing)|\brole(?= owns)/g,
          '\0',
        )
        .split('\0')
        .map((run) => run.trim().replace(/[,;.]$/, ''))
        .sort((a, b) => b.length - a.length)[0]
    expect(quoted.length).toBeGreaterThan(12)
    expect(quoted.filter((sentence) => !printed.includes(plain(sentence)))).toEqual([])
  })

  it('leads to files that are there', () => {
    const targets = [...guide.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target)
    expect(targets.length).toBeGreaterThan(2)
    expect(targets.filter((target) => !existsSync(join(root, dirname('docs/operate.md'), target)))).toEqual(
      [],
    )
  })

  it('names the headings that its own links lead to', () => {
    const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
      text.toLowerCase().replaceAll(' ', '-'),
    )
    const anchors = [...guide.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([])
  })
})
