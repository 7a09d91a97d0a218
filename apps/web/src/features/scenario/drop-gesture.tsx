'use client'
import { LOCAL, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { useState } from 'react'
import { GestureForm } from './gesture-form.tsx'
import type { GestureProps } from './gesture-props.ts'
import { chosenFor, StepClashes, useStepClashes } from './step-clashes.tsx'
import { useWords } from './use-words.ts'

/** One territory was dropped on another: it goes under it, or is merged into it. */
export function DropGesture({ page, subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const { onto, id, name, rank } = subject
  const { administer } = page.can
  const canMerge = administer || rank === SUB_SECTOR
  const canMove = canMerge && onto !== undefined && onto.rank < rank && (administer || onto.rank === LOCAL)
  const [how, setHow] = useState<'move' | 'merge'>(canMove ? 'move' : 'merge')
  const step =
    onto &&
    (how === 'move'
      ? { of: 'move' as const, territoryId: id, parentId: onto.id }
      : { of: 'merge' as const, territoryId: id, intoId: onto.id })
  const clashes = useStepClashes(page, canMerge && step ? step : null)
  if (!onto || !step) return null
  const ways = [
    ...(canMove
      ? [{ value: 'move' as const, label: text('gesture.dropMove', { name, target: onto.name }) }]
      : []),
    ...(canMerge
      ? [{ value: 'merge' as const, label: text('gesture.dropMerge', { name, target: onto.name }) }]
      : []),
  ]
  return (
    <GestureForm
      {...rest}
      ready={ways.length > 0 && !clashes.refused}
      steps={() => [chosenFor(step, clashes)]}
    >
      {ways.length > 1 ? (
        <div className="grid gap-2">
          {ways.map(({ value, label }) => (
            <label key={value} className="flex min-h-11 items-center gap-2.5">
              <input
                type="radio"
                name="how"
                checked={how === value}
                onChange={() => setHow(value)}
                className="size-4 accent-(--fb-accent)"
              />
              {label}
            </label>
          ))}
        </div>
      ) : (
        <p>{ways[0]?.label}</p>
      )}
      <p className="text-ink-2 text-small">
        {text(how === 'move' ? 'gesture.moveWhat' : 'gesture.mergeWhat', { name })}
      </p>
      <StepClashes of={clashes} />
    </GestureForm>
  )
}
