'use client'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { ClashDetail } from './clash-detail.tsx'
import { type Clash, type ClashDraft, clashKey, draftFor, type Side } from './clash-draft.ts'
import { ClashOutcome } from './clash-outcome.tsx'
import { useLevelName } from './levels.tsx'
import { useFormats } from './use-formats.ts'
import { useLabel } from './use-label.ts'

type ClashListProps = {
  readonly clashes: readonly Clash[]
  readonly drafts: Readonly<Record<string, ClashDraft>>
  readonly onChange: (key: string, draft: ClashDraft) => void
}

/** Questions asked on both sides of a merge or a move, and what becomes of each. */
export function ClashList({ clashes, drafts, onChange }: ClashListProps) {
  const text = useTranslations('territory.clash')
  if (clashes.length === 0) return null
  return (
    <section className="mt-4 grid gap-4">
      <div>
        <h3 className="font-medium">{text('title', { count: clashes.length })}</h3>
        <p className="text-ink-2 text-small">{text('lede')}</p>
      </div>
      {clashes.map((clash) => {
        const key = clashKey(clash)
        return (
          <OneClash
            key={key}
            clash={clash}
            draft={drafts[key] ?? null}
            onChange={(draft) => onChange(key, draft)}
          />
        )
      })}
    </section>
  )
}

export type OneClashProps = {
  readonly clash: Clash
  readonly draft: ClashDraft | null
  readonly onChange: (draft: ClashDraft) => void
}

function OneClash({ clash, draft, onChange }: OneClashProps) {
  const text = useTranslations('territory.clash')
  const formats = useFormats()
  const label = useLabel()
  const [first] = clash.sides
  const question = first ? label(first.label) : ''
  const choose = (how: ClashDraft['how'], fieldId?: string) => {
    const next = draftFor(clash, how, fieldId)
    if (next) onChange(next)
  }
  const others = ({ fieldId }: Side) =>
    formats.list(clash.sides.filter((side) => side.fieldId !== fieldId).map(({ place }) => place))
  return (
    <section aria-label={question} className="rounded-md bg-surface p-3 inset-ring inset-ring-line-2 sm:p-4">
      <ul className="grid gap-3 sm:grid-cols-2">
        {clash.sides.map((side) => (
          <li key={side.fieldId}>
            <SideCard side={side} />
          </li>
        ))}
      </ul>
      {clash.nameless ? (
        <p className="mt-3 text-small">{text('nameless')}</p>
      ) : (
        <fieldset className="mt-4">
          <legend className="mb-1 font-medium text-small">{text('what', { question })}</legend>
          {clash.sides.map((side) => (
            <Way
              key={side.fieldId}
              title={text('keep', { place: side.place })}
              note={text('keepNote', { places: others(side) })}
              checked={draft?.how === 'keep' && draft.fieldId === side.fieldId}
              onChoose={() => choose('keep', side.fieldId)}
            />
          ))}
          {(['one', 'apart'] as const).map((how) => (
            <Way
              key={how}
              title={text(how)}
              note={text(`${how}Note`)}
              checked={draft?.how === how}
              onChoose={() => choose(how)}
            />
          ))}
        </fieldset>
      )}
      {draft && !clash.nameless && <ClashDetail clash={clash} draft={draft} onChange={onChange} />}
      {draft && clash.outcome && <ClashOutcome clash={clash} draft={draft} outcome={clash.outcome} />}
    </section>
  )
}

type WayProps = {
  readonly title: string
  readonly note: string
  readonly checked: boolean
  readonly onChoose: () => void
}

function Way({ title, note, checked, onChoose }: WayProps) {
  const noteId = useId()
  return (
    <label className="flex min-h-11 items-start gap-2.5 rounded-sm px-2 py-3 text-small hover:bg-canvas desk:min-h-8 desk:py-1.5">
      <input
        type="radio"
        checked={checked}
        onChange={onChoose}
        aria-describedby={noteId}
        className="mt-0.5 size-4 flex-none accent-accent"
      />
      <span className="min-w-0">
        <span className="block">{title}</span>
        {checked && (
          <span id={noteId} className="block text-caption text-ink-2">
            {note}
          </span>
        )}
      </span>
    </label>
  )
}

/** One of the questions as it is asked today, or will be after earlier steps of a draft. */
function SideCard({ side }: { readonly side: Side }) {
  const text = useTranslations('territory.clash')
  const fieldText = useTranslations('fieldDesk')
  const formats = useFormats()
  const label = useLabel()
  const levelName = useLevelName()
  const offered = side.options.filter(({ retired }) => !retired)
  return (
    <div className="h-full rounded-md bg-sunken p-3 text-small">
      <p className="flex items-center gap-2 text-caption text-ink-2">
        <LevelMark rank={side.rank} size={16} label={levelName(side.rank)} />
        <span className="wrap-anywhere">{side.place}</span>
      </p>
      <p className="wrap-anywhere mt-1 font-medium">{label(side.label)}</p>
      {side.of.length > 0 && (
        <p className="wrap-anywhere mt-1 text-ink-2">{text('drafted', { places: formats.list(side.of) })}</p>
      )}
      <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
        <span>{fieldText(`question.type.${side.type}`)}</span>
        {side.required && <Tag tone="line">{text('required')}</Tag>}
      </p>
      {offered.length > 0 && (
        <p className="wrap-anywhere mt-1 text-ink-2">
          {formats.list(offered.map((option) => label(option.label)))}
        </p>
      )}
      <p className="mt-1 tabular-nums">
        {side.answers === null ? text('uncounted') : text('answers', { count: side.answers })}
      </p>
      {!side.mayEdit && <p className="mt-1 text-ink-2">{text('shut')}</p>}
    </div>
  )
}
