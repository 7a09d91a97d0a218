'use client'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { IconButton } from '@fieldback/ui/icon-button'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useRef } from 'react'
import { Block } from './block.tsx'
import type { BlockInput, DraftOption } from './draft.ts'

const MOST = 50

/** The answers one may choose, in the order of the phone. Enter adds a line. */
export function ChoicesBlock({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  const list = useRef<HTMLUListElement>(null)
  if (!isChoice(draft)) return null
  const { options } = draft
  const set = (next: readonly DraftOption[]) => change({ options: next })
  const add = () => {
    if (options.length >= MOST) return
    const key = `o${1 + Math.max(0, ...options.map((option) => Number(/^o(\d+)$/.exec(option.key)?.[1] ?? 0)))}`
    set([...options, { key, id: null, fr: '', en: '' }])
    // The line is there at the next paint.
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }
  const move = (at: number, by: number) => {
    const next = [...options]
    const [taken] = next.splice(at, 1)
    if (taken) next.splice(at + by, 0, taken)
    set(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <Block title={text('choices.title')} hint={text('choices.hint')}>
      <ul ref={list} className="[&>li+li]:border-line [&>li+li]:border-t">
        {options.map((option, at) => (
          <li key={option.key} className="flex items-center gap-1 py-1">
            <TextInput
              quiet
              aria-label={text('choices.option', { number: at + 1 })}
              maxLength={300}
              autoComplete="off"
              value={option.fr}
              onChange={(event) =>
                set(options.map((one) => (one === option ? { ...one, fr: event.target.value } : one)))
              }
              onKeyDown={onKeyDown}
            />
            <IconButton
              label={text('choices.up', { option: option.fr })}
              icon={<ArrowUp size={18} />}
              disabled={at === 0}
              onClick={() => move(at, -1)}
            />
            <IconButton
              label={text('choices.down', { option: option.fr })}
              icon={<ArrowDown size={18} />}
              disabled={at === options.length - 1}
              onClick={() => move(at, 1)}
            />
            <IconButton
              label={text('choices.remove', { option: option.fr })}
              icon={<X size={18} />}
              onClick={() => set(options.filter((one) => one !== option))}
            />
          </li>
        ))}
      </ul>
      <p className="mt-2">
        <TextLink onClick={add} icon={<Plus size={16} />}>
          {text('choices.add')}
        </TextLink>
      </p>
    </Block>
  )
}
