'use client'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { lockOn } from '@fieldback/domain/field/tighten'
import { IconButton } from '@fieldback/ui/icon-button'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { CheckLine } from './check-line.tsx'
import { EnglishLines } from './english-lines.tsx'
import { LockedLine } from './locked-line.tsx'
import type { Ground, OwnOption, TighteningInput } from './tightening-draft.ts'

const MOST = 50

type OfferedBlockProps = TighteningInput & { readonly ground: Ground }

/** Which inherited answers are offered, and answers of one's own under the one they are counted as. */
export function OfferedBlock({ draft, change, ground }: OfferedBlockProps) {
  const text = useTranslations('fieldTighten')
  const desk = useTranslations('fieldDesk')
  const label = useLabel()
  const list = useRef<HTMLUListElement>(null)
  const { inherited } = ground
  if (!isChoice(inherited.spec)) return null
  const offered = inherited.spec.options.filter(({ retired }) => !retired)
  const ids = new Set(offered.map(({ id }) => id))
  const locked = lockOn(inherited, 'options') !== undefined
  const homeless = draft.options.filter(({ countsAs }) => !ids.has(countsAs))
  const worded = draft.options.filter(({ fr }) => fr.trim() !== '')
  const set = (options: readonly OwnOption[]) => change({ options })
  const patch = (key: string, said: Partial<OwnOption>) =>
    set(draft.options.map((one) => (one.key === key ? { ...one, ...said } : one)))
  const add = (countsAs: string) => {
    if (draft.options.length >= MOST) return
    const key = `o${1 + Math.max(0, ...draft.options.map((one) => Number(/^o(\d+)$/.exec(one.key)?.[1] ?? 0)))}`
    set([...draft.options, { key, id: null, fr: '', en: '', countsAs }])
    // The line is there at the next paint.
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>(`[data-key="${key}"]`)?.focus())
  }
  const row = (option: OwnOption, under: string | null) => (
    <OwnRow
      key={option.key}
      option={option}
      name={under === null ? text('offered.homelessOwn') : text('offered.own', { answer: under })}
      disabled={locked}
      change={(said) => patch(option.key, said)}
      remove={() => set(draft.options.filter((one) => one.key !== option.key))}
      homes={
        under === null ? offered.map(({ id, label: words }) => ({ value: id, label: label(words) })) : []
      }
    />
  )
  return (
    <Block title={text('offered.title')} hint={text('offered.hint')}>
      {locked && (
        <p className="mb-2 text-caption text-ink-2">
          <LockedLine ground={ground} aspect="options" />
        </p>
      )}
      <ul ref={list} className="[&>li+li]:border-line [&>li+li]:border-t">
        {offered.map(({ id, label: words }) => (
          <li key={id} className="py-1">
            <div className="flex items-center justify-between gap-3">
              <CheckLine
                checked={!draft.without.includes(id)}
                disabled={locked}
                onChange={(on) =>
                  change({ without: on ? draft.without.filter((one) => one !== id) : [...draft.without, id] })
                }
              >
                {label(words)}
              </CheckLine>
              {!locked && (
                <TextLink
                  className="flex-none"
                  aria-label={text('offered.refine', { answer: label(words) })}
                  onClick={() => add(id)}
                  icon={<Plus size={16} />}
                >
                  {text('offered.refineShort')}
                </TextLink>
              )}
            </div>
            <div className="pl-7 desk:pl-6">
              {draft.options
                .filter(({ countsAs }) => countsAs === id)
                .map((option) => row(option, label(words)))}
            </div>
          </li>
        ))}
        {homeless.length > 0 && (
          <li className="py-2">
            <p className="text-caption text-ink-2">{text('offered.homeless')}</p>
            {homeless.map((option) => row(option, null))}
          </li>
        )}
      </ul>
      {!locked && <p className="mt-2 text-caption text-ink-2">{text('offered.counted')}</p>}
      {!locked && worded.length > 0 && (
        <EnglishLines
          lines={worded.map((option) => ({
            key: option.key,
            label: desk('english.option', { option: option.fr }),
            value: option.en,
            onChange: (en) => patch(option.key, { en }),
          }))}
        />
      )}
    </Block>
  )
}

type OwnRowProps = {
  readonly option: OwnOption
  /** Says which answer it is counted as. */
  readonly name: string
  readonly disabled: boolean
  readonly change: (patch: Partial<OwnOption>) => void
  readonly remove: () => void
  /** Answers it may be counted as, when its own is no longer offered above. */
  readonly homes: readonly { readonly value: string; readonly label: string }[]
}

function OwnRow({ option, name, disabled, change, remove, homes }: OwnRowProps) {
  const text = useTranslations('fieldTighten')
  return (
    <div className="flex flex-wrap items-center gap-1 py-1">
      <span className="min-w-40 flex-1">
        <TextInput
          quiet
          aria-label={name}
          data-key={option.key}
          placeholder={name}
          maxLength={300}
          autoComplete="off"
          disabled={disabled}
          value={option.fr}
          onChange={(event) => change({ fr: event.target.value })}
        />
      </span>
      {homes.length > 0 && (
        <Select
          label={text('offered.countsAs')}
          disabled={disabled}
          value={option.countsAs}
          options={homes}
          onChange={(countsAs) => change({ countsAs })}
        />
      )}
      {!disabled && (
        <IconButton
          label={text('offered.remove', { answer: option.fr })}
          icon={<X size={18} />}
          onClick={remove}
        />
      )}
    </div>
  )
}
