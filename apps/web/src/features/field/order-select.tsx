'use client'
import { type Ranked, standings, standsAfter } from '@fieldback/domain/field/question-order'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { lockOn } from '@fieldback/domain/field/tighten'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import { LockedLine } from './locked-line.tsx'
import type { Ground, TighteningInput } from './tightening-draft.ts'

export type OrderSelectProps = TighteningInput & {
  readonly ground: Ground
  /** The other questions of the same owner, as they are asked here. */
  readonly siblings: readonly EffectiveField[]
}

const AS_ABOVE = 'above'
const FIRST = 'first'

/** Where the question stands among those of its owner. */
export function OrderSelect({ draft, change, ground, siblings }: OrderSelectProps) {
  const field = ground.inherited
  const text = useTranslations('fieldTighten')
  const label = useLabel()
  if (siblings.length === 0) return null
  const locked = lockOn(field, 'order') !== undefined
  const neighbours: Ranked[] = siblings.map(({ id, spec }) => ({ id, position: spec.position }))
  const places = standings(neighbours, field.id)
  const words = new Map(siblings.map(({ id, spec }) => [id, label(spec.label)]))
  const said =
    draft.position === null
      ? AS_ABOVE
      : (standsAfter(neighbours, { id: field.id, position: draft.position }) ?? FIRST)
  const choose = (value: string) =>
    change({
      position: places.find(({ after }) => (after ?? FIRST) === value)?.position ?? null,
    })
  return (
    <Field
      label={text('narrow.order', { place: field.owner.name })}
      hint={locked && <LockedLine ground={ground} aspect="order" />}
    >
      {(control) => (
        <Select
          {...control}
          disabled={locked}
          value={said}
          onChange={choose}
          options={[
            { value: AS_ABOVE, label: text('narrow.asAbove') },
            ...places.map(({ after }) => ({
              value: after ?? FIRST,
              label:
                after === null
                  ? text('narrow.first')
                  : text('narrow.after', { question: words.get(after) ?? '' }),
            })),
          ]}
        />
      )}
    </Field>
  )
}
