import { nameKey } from '../account/normalise.ts'
import { childPath } from '../territory/path.ts'
import { isRank, type Rank } from '../territory/rank.ts'
import { codeKey, type KnownTerritory } from './find-territory.ts'
import type { ImportMapping, LineFault } from './import.ts'
import { LineReader, type LineVerdict, refusedLine, type StagedLine, takenLine } from './line.ts'
import { shownValue } from './read-cell.ts'

/** Words for a level, beside those that the organisation gave; a plural is read as well. */
const LEVEL_WORDS: readonly string[] = [
  'national, nation, pays, country, siege, france',
  'regional, region, direction regionale',
  'local, departement, secteur, department, county, district, agence, branch, area',
  'sous secteur, sub sector, subsector, sous region, zone',
]

export type LevelNames = readonly { readonly fr: string; readonly en?: string | undefined }[]

export type TerritoryReading = {
  readonly mapping: ImportMapping
  readonly columns: number
  /** By rank 0 to 3, as the organisation calls them. */
  readonly levelNames: LevelNames
}

export type TerritoryLine = {
  readonly line: number
  readonly reader: LineReader
  readonly name: string
  readonly rank: Rank
  readonly parent: string | null
  readonly code: string | null
}

const singular = (key: string): string => key.replace(/s\b/g, '')

/** A level by its number, 0 to 3, or by its name. */
export function readLevel(text: string, levelNames: LevelNames): Rank | null {
  const number = Number(text)
  if (/^[0-3]$/.test(text.trim()) && isRank(number)) return number
  const key = singular(nameKey(text))
  const own = levelNames.findIndex(({ fr, en }) =>
    [fr, en ?? ''].some((name) => name !== '' && singular(nameKey(name)) === key),
  )
  const rank =
    own >= 0
      ? own
      : LEVEL_WORDS.findIndex((words) => words.split(', ').some((word) => singular(word) === key))
  return isRank(rank) ? rank : null
}

export function readTerritoryLine(
  staged: StagedLine,
  { mapping, columns, levelNames }: TerritoryReading,
): TerritoryLine {
  const reader = new LineReader(staged, mapping, columns)
  const name = reader.required('name', 120) ?? ''
  if (reader.raw('level').trim() === '') reader.fault('level', 'MISSING', {})
  const rank = reader.read('level', 'LEVEL_UNKNOWN', (text) => {
    const read = readLevel(text, levelNames)
    return read === null ? null : { rank: read }
  })
  return {
    line: staged.line,
    reader,
    name,
    rank: rank?.rank ?? 0,
    parent: reader.text('parent', 120),
    code: reader.text('code', 40),
  }
}

/** A territory to add, to name or to give its code; parents come before their children. */
export type TerritoryChange = KnownTerritory & { readonly line: number; readonly created: boolean }

export type TerritoriesPlan = {
  readonly verdicts: readonly LineVerdict[]
  readonly changes: readonly TerritoryChange[]
}

/**
 * Decides a whole file, its lines in any order. `known` are the live territories; `done` the records that lines made when
 * the import was begun before: those are left as they are. Cycles, unknown parents and what lies under a refused line are
 * refused by line.
 */
export function planTerritories(
  known: readonly KnownTerritory[],
  lines: readonly TerritoryLine[],
  newId: () => string,
  done: ReadonlyMap<number, string> = new Map(),
): TerritoriesPlan {
  const refusals = new Map<number, readonly LineFault[]>()
  const readable = lines.filter((line) => {
    if (line.reader.faults.length === 0) return true
    refusals.set(line.line, line.reader.faults)
    return false
  })
  const inFile = new Index<TerritoryLine>(readable)
  const refuse = (
    line: TerritoryLine,
    code: LineFault['code'],
    target: string,
    params: LineFault['params'],
  ): null => {
    refusals.set(line.line, [{ code, target, params }])
    return null
  }
  const parents = new Map(readable.map((line) => [line.line, inFile.parentOf(line)]))
  for (const line of readable)
    if (isInCycle(line, parents))
      refuse(line, 'PARENT_CYCLE', 'parent', { value: shownValue(line.parent ?? '') })

  const placed = new Tree(known)
  const changes: TerritoryChange[] = []
  const verdicts = new Map<number, LineVerdict>()
  // A parent is always of a level above: one level after the other, every parent is placed before what lies under it.
  const inOrder = readable.toSorted((a, b) => a.rank - b.rank || a.line - b.line)
  for (const line of inOrder) {
    if (refusals.has(line.line)) continue
    const verdict = placeLine({ line, placed, inFile, refusals, refuse, newId, done }, changes)
    if (verdict) verdicts.set(line.line, verdict)
  }
  return {
    verdicts: lines.map(
      (line) => verdicts.get(line.line) ?? refusedLine(line.line, refusals.get(line.line) ?? []),
    ),
    changes,
  }
}

/** What can be called by a code or a name. */
type Called = { readonly name: string; readonly code: string | null; readonly rank: Rank }

class Index<T extends Called> {
  private readonly byCode = new Map<string, T>()
  private readonly byName = new Map<string, T[]>()

  constructor(all: readonly T[]) {
    for (const one of all) this.add(one)
  }

  add(one: T): void {
    if (one.code !== null && !this.byCode.has(codeKey(one.code))) this.byCode.set(codeKey(one.code), one)
    const key = nameKey(one.name)
    const same = this.byName.get(key)
    if (same) same.push(one)
    else this.byName.set(key, [one])
  }

  /** Those a text may mean, the code first; of several with the name, those nearest above `rank`. */
  called(text: string, rank: Rank): readonly T[] {
    const coded = this.byCode.get(codeKey(text))
    if (coded) return [coded]
    const same = this.byName.get(nameKey(text)) ?? []
    const above = same.filter((one) => one.rank < rank)
    const nearest = Math.max(...above.map((one) => one.rank))
    return above.length > 0 ? above.filter((one) => one.rank === nearest) : same
  }

  parentOf(line: { readonly parent: string | null; readonly rank: Rank }): T | null {
    return line.parent === null ? null : (this.called(line.parent, line.rank)[0] ?? null)
  }
}

function isInCycle(line: TerritoryLine, parents: ReadonlyMap<number, TerritoryLine | null>): boolean {
  const seen = new Set<number>()
  for (let at = parents.get(line.line); at && !seen.has(at.line); at = parents.get(at.line)) {
    if (at.line === line.line) return true
    seen.add(at.line)
  }
  return false
}

/** The territories as they will be, each with the line that made it or said it last. */
class Tree {
  readonly index: Index<KnownTerritory>
  readonly lineOf = new Map<string, number>()
  root: KnownTerritory | null
  private readonly byCode = new Map<string, KnownTerritory>()
  private readonly bySibling = new Map<string, KnownTerritory>()
  private readonly byId: Map<string, KnownTerritory>

  constructor(known: readonly KnownTerritory[]) {
    this.byId = new Map(known.map((one) => [one.id, one]))
    this.index = new Index(known)
    this.root = known.find(({ parentId }) => parentId === null) ?? null
    for (const one of known) this.note(one)
  }

  private note(one: KnownTerritory): void {
    if (one.code !== null) this.byCode.set(codeKey(one.code), one)
    this.bySibling.set(`${one.parentId ?? ''}|${nameKey(one.name)}`, one)
    this.byId.set(one.id, one)
  }

  coded = (code: string | null): KnownTerritory | null =>
    code === null ? null : (this.byCode.get(codeKey(code)) ?? null)
  sibling = (parentId: string | null, name: string): KnownTerritory | null =>
    this.bySibling.get(`${parentId ?? ''}|${nameKey(name)}`) ?? null
  get = (id: string | undefined): KnownTerritory | null =>
    id === undefined ? null : (this.byId.get(id) ?? null)

  put(one: KnownTerritory, line: number): void {
    const before = this.byId.get(one.id)
    if (before) this.bySibling.delete(`${before.parentId ?? ''}|${nameKey(before.name)}`)
    this.note(one)
    this.index.add(one)
    this.lineOf.set(one.id, line)
    if (one.parentId === null) this.root = one
  }
}

type Placing = {
  readonly line: TerritoryLine
  readonly placed: Tree
  readonly inFile: Index<TerritoryLine>
  readonly refusals: ReadonlyMap<number, readonly LineFault[]>
  readonly refuse: (
    line: TerritoryLine,
    code: LineFault['code'],
    target: string,
    params: LineFault['params'],
  ) => null
  readonly newId: () => string
  readonly done: ReadonlyMap<number, string>
}

function placeLine(placing: Placing, changes: TerritoryChange[]): LineVerdict | null {
  const { line, placed, refuse, newId, done } = placing
  const parent = parentOf(placing)
  if (parent === 'refused') return null
  const parentId = parent?.id ?? null
  const own = placed.get(done.get(line.line))
  const coded = placed.coded(line.code)
  const named = placed.sibling(parentId, line.name)
  const found = own ?? coded ?? (named !== null && (named.code === null || line.code === null) ? named : null)
  // An organisation has one top.
  if (found === null && parentId === null && placed.root)
    return refuse(line, 'PARENT_LEVEL', 'level', { value: shownValue(placed.root.name) })
  if (found === null && named !== null)
    return refuse(line, 'NAME_TAKEN', 'name', { value: shownValue(line.name) })
  const earlier = found === null ? undefined : placed.lineOf.get(found.id)
  if (earlier !== undefined) return refuse(line, 'TWICE_IN_FILE', 'name', { line: earlier })
  if (found && (found.parentId !== parentId || found.rank !== line.rank))
    return refuse(line, 'PLACE_OTHER', 'parent', {
      value: shownValue(placed.get(found.parentId ?? undefined)?.name ?? found.name),
    })
  if (found && named !== null && named.id !== found.id)
    return refuse(line, 'NAME_TAKEN', 'name', { value: shownValue(line.name) })
  const id = found?.id ?? newId()
  const next: KnownTerritory = {
    id,
    parentId,
    rank: line.rank,
    name: line.name,
    code: found && placed.coded(line.code)?.id === found.id ? found.code : (line.code ?? found?.code ?? null),
    path: found?.path ?? childPath(parent?.path ?? '', id),
  }
  const same = found !== null && found.name === next.name && found.code === next.code
  placed.put(next, line.line)
  if (!same) changes.push({ ...next, line: line.line, created: found === null })
  const outcome = found === null ? 'create' : same ? 'unchanged' : 'update'
  return takenLine(line.line, { outcome, matchKey: null, recordId: id })
}

/** Where a line belongs; null for the top of all. */
function parentOf({ line, placed, inFile, refusals, refuse }: Placing): KnownTerritory | null | 'refused' {
  const value = shownValue(line.parent ?? '')
  const no = (code: LineFault['code'], params: LineFault['params']): 'refused' => {
    refuse(line, code, 'parent', params)
    return 'refused'
  }
  if (line.parent === null) {
    if (line.rank === 0) return null
    // Only the first level under the top goes without saying.
    return line.rank === 1 && placed.root ? placed.root : no('MISSING', {})
  }
  const candidates = placed.index.called(line.parent, line.rank)
  const distinct = [...new Map(candidates.map((one) => [one.id, one])).values()].map(
    (one) => placed.get(one.id) ?? one,
  )
  const above = distinct.filter((one) => one.rank < line.rank)
  if (above.length > 1) return no('TERRITORY_AMBIGUOUS', { value })
  if (above[0]) return above[0]
  if (distinct.length > 0) return no('PARENT_LEVEL', { value })
  const later = inFile.called(line.parent, line.rank)[0]
  if (!later) return no('PARENT_UNKNOWN', { value })
  return refusals.has(later.line)
    ? no('PARENT_REFUSED', { value, line: later.line })
    : no('PARENT_LEVEL', { value })
}
