'use client'
import {
  type ConditionKind,
  conditionKind,
  FACT_KINDS,
  reaches,
  reachesFact,
} from '@fieldback/domain/field/condition'
import { CONDITION_FACTS } from '@fieldback/domain/field/condition-shape'
import type { FieldDefinition, FieldEntity, FieldSpec } from '@fieldback/domain/field/field-spec'
import { FACT_OPTIONS, referencesOf } from '@fieldback/domain/field/plan-references'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useLabel } from '../../client/use-label.ts'

/** What a sentence may be about. */
export type Source = {
  readonly about: string
  readonly label: string
  readonly kind: ConditionKind
  readonly options: readonly { readonly value: string; readonly label: string; readonly retired: boolean }[]
  /** No longer asked: it counts as never answered. */
  readonly retired: boolean
}

export type Sources = {
  /** Questions in the order of the form, then facts. */
  readonly list: readonly Source[]
  /** Questions that may be named here, with those that a published question names and are no longer asked. */
  readonly fields: readonly Pick<FieldDefinition, 'id' | 'entity' | 'spec'>[]
  readonly retired: ReadonlySet<string>
}

type Asked = {
  readonly territoryId: string
  readonly entity: FieldEntity
  /** The question being written. */
  readonly fieldId: string | null
  readonly spec: FieldSpec
  /** Conditions or a calculation are being written: they may name any item of a list. */
  readonly hanging: boolean
}

/** What a question of a territory may hang on: questions asked there by it and above, and what is known without asking. */
export function useSources({ territoryId, entity, fieldId, spec, hanging }: Asked): Sources {
  const text = useTranslations('fieldCondition')
  const trpc = useTRPC()
  const effective = useQuery({
    ...trpc.field.effective.queryOptions({ territoryId, items: hanging ? 'all' : 'few' }),
    placeholderData: keepPreviousData,
  })
  const facts = useFactSources(entity)
  const toSource = useFieldSource()
  const asked = (effective.data ?? []).filter(
    (field: EffectiveField) => field.id !== fieldId && reaches(entity, field.entity),
  )
  const known = new Set(asked.map(({ id }) => id))
  const gone = effective.data ? referencesOf(spec).filter((id) => !known.has(id) && id !== fieldId) : []
  const found = useQueries({ queries: gone.map((id) => trpc.field.get.queryOptions({ fieldId: id })) })
  const retired = found.flatMap(({ data }) => data?.definition ?? [])
  return {
    list: [
      ...asked.map((field) => toSource(field, false)),
      ...retired.map((field) => {
        const source = toSource(field, true)
        return { ...source, label: text('retired', { question: source.label }) }
      }),
      ...facts,
    ],
    fields: [...asked, ...retired],
    retired: new Set(retired.map(({ id }) => id)),
  }
}

function useFieldSource() {
  const text = useTranslations('fieldCondition')
  const label = useLabel()
  return ({ id, spec }: Pick<FieldDefinition, 'id' | 'spec'>, retired: boolean): Source => {
    const kind = conditionKind(spec.type)
    return {
      about: id,
      label: label(spec.label),
      kind,
      options:
        kind === 'flag'
          ? (['yes', 'no'] as const).map((one) => ({
              value: String(one === 'yes'),
              label: text(one),
              retired: false,
            }))
          : spec.options.map((option) => ({
              value: option.id,
              label: label(option.label),
              retired: option.retired === true,
            })),
      retired,
    }
  }
}

/** The facts a question of an entity may read, with their values in words. */
export function useFactSources(entity: FieldEntity): Source[] {
  const text = useTranslations('fieldCondition')
  const report = useTranslations('report')
  const levelName = useLevelName()
  const words = (fact: (typeof CONDITION_FACTS)[number], value: string): string => {
    if (fact === 'rank') return levelName(Number(value) as 0 | 1 | 2 | 3)
    if (fact === 'kind') return text(value === 'client' ? 'kind.client' : 'kind.prospect')
    if (fact === 'reportKind') return report(value === 'call' ? 'kinds.call' : 'kinds.visit')
    return report(`outcomes.${value as 'order' | 'quote' | 'revisit' | 'none'}`)
  }
  return CONDITION_FACTS.filter((fact) => reachesFact(entity, fact)).map((fact) => ({
    about: `/${fact}`,
    label: text(`fact.${fact}`),
    kind: FACT_KINDS[fact],
    options:
      FACT_KINDS[fact] === 'flag'
        ? (['yes', 'no'] as const).map((one) => ({
            value: String(one === 'yes'),
            label: text(one),
            retired: false,
          }))
        : (FACT_OPTIONS[fact] ?? []).map((value) => ({ value, label: words(fact, value), retired: false })),
    retired: false,
  }))
}
