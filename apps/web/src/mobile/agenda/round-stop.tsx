'use client'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { IconButton } from '@fieldback/ui/icon-button'
import { TextLink } from '@fieldback/ui/text-link'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import CircleCheck from 'lucide-react/icons/circle-check'
import GripVertical from 'lucide-react/icons/grip-vertical'
import X from 'lucide-react/icons/x'
import type { KeyboardEvent } from 'react'
import { paths, phoneLink } from '../router.tsx'
import type { useDrag } from './use-drag.ts'
import { useRoundTexts } from './use-round-texts.ts'

type RoundStopProps = {
  account: AccountRow
  /** From 1. */
  place: number
  count: number
  done: boolean
  handle: ReturnType<ReturnType<typeof useDrag>>
  /** To a place counted from 0. */
  onMove: (to: number) => void
  onRemove: () => void
}

/** One stop: dragged by its handle, or moved by arrows, on the screen and on a keyboard. */
export function RoundStop({ account, place, count, done, handle, onMove, onRemove }: RoundStopProps) {
  const text = useRoundTexts()
  const { name } = account
  const at = place - 1
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onMove(to)
  }
  return (
    <li data-stop className="flex items-center gap-1 py-2.5 pr-2 pl-1">
      <button
        type="button"
        aria-label={text('drag', { name })}
        className="grid size-11 flex-none cursor-grab touch-none place-items-center rounded-full text-ink-3 active:cursor-grabbing"
        onKeyDown={onKeyDown}
        {...handle}
      >
        <GripVertical size={20} />
      </button>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="flex-none text-ink-2 text-small tabular-nums">{place}</span>
          <TextLink href={paths.account(account.id)} renderLink={phoneLink} className="wrap-anywhere min-w-0">
            {name}
          </TextLink>
        </span>
        <span className="flex items-center gap-1.5 text-ink-2 text-small">
          {done && <CircleCheck size={16} className="flex-none text-accent" />}
          <span className="wrap-anywhere">
            {[done ? text('done') : '', account.city].filter(Boolean).join(' · ')}
          </span>
        </span>
      </span>
      <IconButton
        label={text('up', { name })}
        icon={<ArrowUp size={18} />}
        disabled={at === 0}
        onClick={() => onMove(at - 1)}
      />
      <IconButton
        label={text('down', { name })}
        icon={<ArrowDown size={18} />}
        disabled={place === count}
        onClick={() => onMove(at + 1)}
      />
      <IconButton label={text('remove', { name })} icon={<X size={18} />} onClick={onRemove} />
    </li>
  )
}
