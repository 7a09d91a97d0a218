import { nameKey } from '../account/normalise.ts'
import {
  type Clause,
  type ClauseGroup,
  type Condition,
  clausesOf,
  type Group,
  isGroup,
} from '../field/condition-shape.ts'
import type { FieldOption, FieldSpec, Localised, TighteningSpec } from '../field/field-spec.ts'
import { codeKey } from './list.ts'

/** A list as a file names it: by its name, and of its items those that questions of the file name, by code else by label. */
export type FileList = {
  readonly name: Localised
  readonly items: Readonly<Record<string, { readonly code: string | null; readonly label: string }>>
}

/** A list of the path to a territory, with what it offers there. */
export type HeldList = {
  readonly id: string
  readonly territoryId: string
  readonly name: Localised
  readonly items: readonly FieldOption[]
}

/** Ids of items that a question names in its returns and conditions, among others. */
export const itemsNamed = ({ givebacks, shownIf, requiredIf }: FieldSpec): string[] => [
  ...givebacks.flatMap((giveback) => (giveback.kind === 'segment' ? giveback.options : [])),
  ...[shownIf, requiredIf].flatMap((condition) =>
    condition ? clausesOf(condition).flatMap(({ value }) => (Array.isArray(value) ? value : [])) : [],
  ),
]

/** What a level leaves out of a list that it inherits, by other ids. */
export const mapWithout = (
  spec: TighteningSpec,
  idOf: (id: string) => string | undefined,
): TighteningSpec => ({
  ...spec,
  without: spec.without.map((id) => idOf(id) ?? id),
})

/** The list of this organisation that a list of a file is. */
export const sameList = (list: Pick<FileList, 'name'>, held: readonly HeldList[]): HeldList | undefined =>
  held.find(({ name }) => nameKey(name.fr) === nameKey(list.name.fr))

/** For each item that a file names, the one that it is here; what is not here is absent. */
export function itemMap(file: FileList, { items }: HeldList): Map<string, string> {
  const byCode = new Map(items.flatMap(({ id, item }) => (item?.code ? [[codeKey(item.code), id]] : [])))
  const byLabel = new Map(items.map(({ id, label }) => [nameKey(label.fr), id]))
  return new Map(
    Object.entries(file.items).flatMap(([id, { code, label }]) => {
      const found = (code === null ? undefined : byCode.get(codeKey(code))) ?? byLabel.get(nameKey(label))
      return found ? [[id, found]] : []
    }),
  )
}

/** A question that names items by other ids; what `idOf` does not know stays as it is. */
export function mapItems(spec: FieldSpec, idOf: (id: string) => string | undefined): FieldSpec {
  const all = (ids: readonly string[]): string[] => ids.map((id) => idOf(id) ?? id)
  const clause = (one: Clause): Clause => (Array.isArray(one.value) ? { ...one, value: all(one.value) } : one)
  const group = (of: Group<Clause>): Group<Clause> =>
    'all' in of ? { all: of.all.map(clause) } : { any: of.any.map(clause) }
  const part = (one: Clause | ClauseGroup): Clause | ClauseGroup => (isGroup(one) ? group(one) : clause(one))
  const condition = (of: Condition): Condition =>
    'all' in of ? { all: of.all.map(part) } : { any: of.any.map(part) }
  const { shownIf, requiredIf } = spec
  return {
    ...spec,
    givebacks: spec.givebacks.map((one) =>
      one.kind === 'segment' ? { ...one, options: all(one.options) } : one,
    ),
    ...(shownIf ? { shownIf: condition(shownIf) } : {}),
    ...(requiredIf ? { requiredIf: condition(requiredIf) } : {}),
  }
}
