import { nameKey } from '../account/normalise.ts'
import type { ErrorCode, ErrorParams } from '../errors.ts'
import { isWithin, type Path } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'
import {
  codeKey,
  type ItemSpec,
  LIST_CODE_MAX,
  LIST_GROUP_MAX,
  LIST_ITEMS_MAX,
  type ListItem,
} from './list.ts'
import type { ItemLine } from './read-items.ts'

export type KeptItem = ListItem & {
  /** Of the territory that keeps it. */
  readonly path: Path
  readonly rank: Rank
  readonly place: string
}

type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }

/** What a line does to a list. `restored`: the item was retired, and is offered again. */
export type ItemVerdict =
  | { readonly is: 'new'; readonly id: string }
  | { readonly is: 'changed'; readonly id: string; readonly before: ItemSpec; readonly restored: boolean }
  | { readonly is: 'unchanged'; readonly id: string }
  | ({ readonly is: 'refused' } & Fault)

export type PlannedItem = { readonly line: number; readonly spec: ItemSpec; readonly verdict: ItemVerdict }

const LABEL_MAX = 300

/** Items of a list: all of them, or those that a line may be about; `size` is of all. */
export type KeptItems = { readonly items: readonly KeptItem[]; readonly size: number }

/**
 * Decides what lines make of a list at a territory, touching nothing. An item is found by its code, else by its label
 * among those offered there: a level changes its own, leaves those from above as they are, and never takes a code that
 * another branch bears. LIST_LABEL_MISSING, LIST_TOO_LONG {part, most}, LIST_LINE_TWICE {item}, LIST_ITEM_ABOVE {item,
 * territory}, LIST_CODE_TAKEN {code, territory}, LIST_FULL {most}.
 */
export function planItems(
  { items, ...kept }: KeptItems,
  territory: { readonly id: string; readonly path: Path },
  lines: readonly ItemLine[],
  newId: () => string,
): PlannedItem[] {
  const byCode = new Map(items.flatMap((item) => (item.code === null ? [] : [[codeKey(item.code), item]])))
  const near = items.filter(({ path }) => isWithin(path, territory.path))
  const byLabel = new Map(near.map((item) => [nameKey(item.label.fr), item]))
  const seen = new Set<string>()
  let { size } = kept
  return lines.map(({ line, ...said }): PlannedItem => {
    const fault = wordsFault(said) ?? twiceFault(said)
    if (fault) return { line, spec: said, verdict: { is: 'refused', ...fault } }
    const found = findItem(said)
    if (found && found.territoryId !== territory.id)
      return { line, spec: said, verdict: asAbove(found, said) }
    if (found) return { line, ...asOwn(found, said) }
    if (size >= LIST_ITEMS_MAX)
      return { line, spec: said, verdict: refuse('LIST_FULL', { most: LIST_ITEMS_MAX }) }
    size += 1
    return { line, spec: said, verdict: { is: 'new', id: newId() } }
  })

  function twiceFault({ code, label }: ItemSpec): Fault | null {
    const [named, coded] = [`l ${nameKey(label.fr)}`, code === null ? null : `c ${codeKey(code)}`]
    const twice = seen.has(coded ?? named)
    seen.add(named)
    if (coded) seen.add(coded)
    return twice ? { code: 'LIST_LINE_TWICE', params: { item: code ?? label.fr } } : null
  }

  /** Two items may bear the same label under codes of their own. */
  function findItem({ code, label }: ItemSpec): KeptItem | undefined {
    const coded = code === null ? undefined : byCode.get(codeKey(code))
    if (coded) return coded
    const named = byLabel.get(nameKey(label.fr))
    return named && (code === null || named.code === null) ? named : undefined
  }

  function asAbove(found: KeptItem, spec: ItemSpec): ItemVerdict {
    if (!isWithin(found.path, territory.path))
      return refuse('LIST_CODE_TAKEN', { code: found.code ?? '', territory: found.place })
    const same = nameKey(found.label.fr) === nameKey(spec.label.fr) && !found.retired
    return same
      ? { is: 'unchanged', id: found.id }
      : refuse('LIST_ITEM_ABOVE', { item: found.label.fr, territory: found.place })
  }
}

/** A line says what it holds: a part that it leaves empty stays as it is. */
function asOwn(found: KeptItem, said: ItemSpec): Pick<PlannedItem, 'spec' | 'verdict'> {
  const renamed = nameKey(found.label.fr) !== nameKey(said.label.fr)
  const spec = words({
    code: found.code ?? said.code,
    label: { ...found.label, ...said.label, fr: renamed ? said.label.fr : found.label.fr },
    group: said.group ?? found.group,
  })
  const [id, before] = [found.id, words(found)]
  const same = JSON.stringify(before) === JSON.stringify(spec) && !found.retired
  return {
    spec,
    verdict: same ? { is: 'unchanged', id } : { is: 'changed', id, before, restored: found.retired },
  }
}

const refuse = (code: ErrorCode, params: ErrorParams): ItemVerdict => ({ is: 'refused', code, params })

const words = ({ code, label, group }: ItemSpec): ItemSpec => ({
  code,
  label: { fr: label.fr, ...(label.en === undefined ? {} : { en: label.en }) },
  group,
})

function wordsFault({ code, label, group }: ItemSpec): Fault | null {
  if (label.fr === '') return { code: 'LIST_LABEL_MISSING', params: {} }
  const tooLong = (part: string, most: number): Fault => ({ code: 'LIST_TOO_LONG', params: { part, most } })
  if (Math.max(label.fr.length, label.en?.length ?? 0) > LABEL_MAX) return tooLong('label', LABEL_MAX)
  if ((code?.length ?? 0) > LIST_CODE_MAX) return tooLong('code', LIST_CODE_MAX)
  return (group?.length ?? 0) > LIST_GROUP_MAX ? tooLong('group', LIST_GROUP_MAX) : null
}

/**
 * What keeps an item of a territory from being called so; null when nothing does. LIST_CODE_TAKEN {code, territory},
 * LIST_LABEL_TAKEN {item}.
 */
export function renameFault(kept: readonly KeptItem[], item: KeptItem, next: ItemSpec): Fault | null {
  const others = kept.filter(({ id }) => id !== item.id)
  const coded =
    next.code === null
      ? undefined
      : others.find(({ code }) => code !== null && codeKey(code) === codeKey(next.code ?? ''))
  if (coded) return { code: 'LIST_CODE_TAKEN', params: { code: coded.code ?? '', territory: coded.place } }
  const named = others.find(
    ({ path, code, label, retired }) =>
      !retired &&
      isWithin(path, item.path) &&
      (code === null || next.code === null) &&
      nameKey(label.fr) === nameKey(next.label.fr),
  )
  return named ? { code: 'LIST_LABEL_TAKEN', params: { item: named.label.fr } } : null
}
