import { type Clause, type ClauseGroup, type Condition, type Group, isGroup } from './condition-shape.ts'
import type { FieldSpec } from './field-spec.ts'
import { lexFormula } from './formula-token.ts'

/** A question with those that it hangs on named by other ids; what `idOf` does not know stays as it is. */
export function mapReferences(spec: FieldSpec, idOf: (id: string) => string | undefined): FieldSpec {
  const mapped = (id: string): string => idOf(id) ?? id
  const { shownIf, requiredIf, formula } = spec
  return {
    ...spec,
    ...(shownIf ? { shownIf: mapCondition(shownIf, mapped) } : {}),
    ...(requiredIf ? { requiredIf: mapCondition(requiredIf, mapped) } : {}),
    ...(formula === undefined ? {} : { formula: mapFormula(formula, mapped) }),
  }
}

type Mapped = (id: string) => string

const mapGroup = <Part>(group: Group<Part>, map: (part: Part) => Part): Group<Part> =>
  'all' in group ? { all: group.all.map(map) } : { any: group.any.map(map) }

const mapCondition = (condition: Condition, mapped: Mapped): Condition => {
  const clause = (one: Clause): Clause =>
    one.field === undefined ? one : { ...one, field: mapped(one.field) }
  return mapGroup<Clause | ClauseGroup>(condition, (part) =>
    isGroup(part) ? mapGroup(part, clause) : clause(part),
  )
}

/** Only what stands between the marks of a question is written anew. */
const mapFormula = (text: string, mapped: Mapped): string =>
  lexFormula(text)
    .filter(({ kind }) => kind === 'field')
    .toReversed()
    .reduce((written, { text: id, at, length }) => {
      return `${written.slice(0, at)}{${mapped(id)}}${written.slice(at + length)}`
    }, text)
