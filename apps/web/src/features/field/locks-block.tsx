'use client'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { LOCKABLE, type Lockable } from '@fieldback/domain/field/lockable'
import { hasBounds, isChoice, isListReference } from '@fieldback/domain/field/plan-publish'
import type { Lock } from '@fieldback/domain/field/tighten'
import { useTranslations } from 'next-intl'
import { Block } from './block.tsx'
import { CheckLine } from './check-line.tsx'

export type LocksBlockProps = {
  readonly spec: Pick<FieldSpec, 'type'>
  readonly locks: readonly Lockable[]
  readonly onChange: (locks: readonly Lockable[]) => void
  /** Locks of the levels above: they hold already. */
  readonly held?: readonly Lock[]
}

/** What the levels below may not change. */
export function LocksBlock({ spec, locks, onChange, held = [] }: LocksBlockProps) {
  const text = useTranslations('fieldTighten')
  const toggle = (aspect: Lockable, on: boolean) =>
    onChange(LOCKABLE.filter((one) => (one === aspect ? on : locks.includes(one))))
  return (
    <Block title={text('locks.title')} hint={text('locks.hint')}>
      <fieldset>
        <legend className="mb-1 font-medium text-small">{text('locks.legend')}</legend>
        {aspectsOf(spec).map((aspect) => {
          const lock = held.find((one) => one.aspect === aspect)
          return (
            <CheckLine
              key={aspect}
              checked={lock !== undefined || locks.includes(aspect)}
              disabled={lock !== undefined}
              onChange={(on) => toggle(aspect, on)}
              note={lock && text('locks.held', { place: lock.by.name })}
            >
              {text(`locks.aspect.${aspect}`)}
            </CheckLine>
          )
        })}
      </fieldset>
    </Block>
  )
}

/** What there is to make stricter in a question of a type. */
export const aspectsOf = (spec: Pick<FieldSpec, 'type'>): Lockable[] =>
  LOCKABLE.filter((aspect) =>
    aspect === 'bounds'
      ? hasBounds(spec)
      : aspect === 'options'
        ? isChoice(spec) || isListReference(spec)
        : aspect !== 'required' || spec.type !== 'computed',
  )
