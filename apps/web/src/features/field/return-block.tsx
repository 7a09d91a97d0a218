'use client'
import type { GivebackKind } from '@fieldback/domain/field/field-spec'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { fitsType } from '@fieldback/domain/giveback/fits-type'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { ChoiceCard } from '@fieldback/ui/choice-card'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { Stepper } from '@fieldback/ui/stepper'
import { TextInput } from '@fieldback/ui/text-input'
import Bell from 'lucide-react/icons/bell'
import CalendarClock from 'lucide-react/icons/calendar-clock'
import ChartLine from 'lucide-react/icons/chart-line'
import ListChecks from 'lucide-react/icons/list-checks'
import Scale from 'lucide-react/icons/scale'
import Tag from 'lucide-react/icons/tag'
import Telescope from 'lucide-react/icons/telescope'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Block } from './block.tsx'
import { type BlockInput, visitsSaid } from './draft.ts'
import { PickMany } from './pick-many.tsx'
import { Trial } from './trial.tsx'
import type { Checked } from './use-check.ts'
import { useFaultWords } from './use-fault-words.ts'
import { useOffered } from './use-offered.ts'

const ICONS: Readonly<Record<GivebackKind, ReactNode>> = {
  badge: <Tag size={18} />,
  comparison: <Scale size={18} />,
  trend: <ChartLine size={18} />,
  insight: <Telescope size={18} />,
  segment: <ListChecks size={18} />,
  reminder: <Bell size={18} />,
  priority: <CalendarClock size={18} />,
}
const KINDS = ['badge', 'comparison', 'trend', 'segment', 'reminder', 'priority', 'insight'] as const

type ReturnBlockProps = BlockInput & { readonly checked: Checked; readonly territoryId: string }

/** What the question gives back: each way is tried on the branch's real figures before and after it is chosen. */
export function ReturnBlock({ draft, change, checked, territoryId }: ReturnBlockProps) {
  const text = useTranslations('fieldDesk')
  const words = useFaultWords()
  const { check } = checked
  const toggle = (kind: GivebackKind) =>
    change({
      returns: draft.returns.includes(kind)
        ? draft.returns.filter((one) => one !== kind)
        : [...draft.returns, kind],
    })
  const use = (kind: GivebackKind) => {
    const verdict = check?.verdicts[kind]
    if (!verdict || verdict.working) return text(`returns.use.${kind}`)
    return words.reason(verdict.code, verdict.params)
  }
  return (
    <Block title={text('returns.title')} hint={text('returns.hint')}>
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        {KINDS.map((kind) => (
          <ChoiceCard
            key={kind}
            chosen={draft.returns.includes(kind)}
            icon={ICONS[kind]}
            title={text(`returns.name.${kind}`)}
            text={use(kind)}
            onClick={() => toggle(kind)}
          />
        ))}
      </div>
      <div className="mt-4 grid gap-4">
        {draft.returns.includes('segment') && (
          <SegmentSettings draft={draft} change={change} territoryId={territoryId} />
        )}
        {draft.returns.includes('reminder') && fitsType('reminder', draft.type) && (
          <ReminderSettings draft={draft} change={change} />
        )}
        {draft.returns.includes('priority') && fitsType('priority', draft.type) && (
          <PrioritySettings draft={draft} change={change} />
        )}
        {draft.returns.length === 0 ? (
          <p className="text-ink-2">{text('returns.choose')}</p>
        ) : (
          draft.returns.map((kind) => <Trial key={kind} kind={kind} draft={draft} checked={checked} />)
        )}
      </div>
    </Block>
  )
}

function SegmentSettings({ draft, change, territoryId }: BlockInput & { readonly territoryId: string }) {
  const text = useTranslations('fieldDesk')
  const items = useOffered(draft, territoryId)
  const options = useAnswerOptions(draft)
  const chosen = draft.segmentOptions.filter((key) => options.some((option) => option.value === key))
  return (
    <div className="grid gap-4 rounded-md bg-sunken p-4">
      <Field label={text('segment.label')}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={300}
            autoComplete="off"
            placeholder={draft.label.fr}
            value={draft.segment.fr}
            onChange={(event) => change({ segment: { ...draft.segment, fr: event.target.value } })}
          />
        )}
      </Field>
      <div>
        <p className="mb-1.5 font-medium text-small">{text('segment.who')}</p>
        {draft.type === 'list_reference' ? (
          <PickMany
            label={text('segment.who')}
            options={items}
            value={draft.segmentOptions}
            onChange={(segmentOptions) => change({ segmentOptions })}
          />
        ) : (
          <ChipGroup
            multiple
            label={text('segment.who')}
            options={options}
            value={chosen.length > 0 ? chosen : options.slice(0, 1).map((option) => option.value)}
            onChange={(next) => next.length > 0 && change({ segmentOptions: next })}
          />
        )}
      </div>
    </div>
  )
}

/** The answers that a return may name, as they are written. */
function useAnswerOptions(draft: BlockInput['draft']): { value: string; label: string }[] {
  const field = useTranslations('field')
  return isChoice(draft)
    ? draft.options.filter((o) => o.fr.trim() !== '').map((o) => ({ value: o.key, label: o.fr }))
    : [
        { value: 'true', label: field('answer.yes') },
        { value: 'false', label: field('answer.no') },
      ]
}

/** Rhythms that people say; one from a file stands among them. */
const RHYTHMS = [7, 14, 30, 60, 90, 180, 365]

function PrioritySettings({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  const answers = useAnswerOptions(draft)
  const visits = visitsSaid(draft)
  const rhythms = [...new Set([...RHYTHMS, ...Object.values(visits)])].toSorted((a, b) => a - b)
  const options = [
    { value: '', label: text('priority.usual') },
    ...rhythms.map((days) => ({ value: String(days), label: text('priority.every', { days }) })),
  ]
  const set = (key: string, days: string) => {
    const { [key]: _, ...others } = visits
    change({ visits: days === '' ? others : { ...others, [key]: Number(days) } })
  }
  return (
    <fieldset className="grid gap-3 rounded-md bg-sunken p-4">
      <legend className="float-left mb-1 font-medium text-small">{text('priority.title')}</legend>
      {answers.map(({ value, label }) => (
        <Field key={value} label={label}>
          {(control) => (
            <Select
              {...control}
              options={options}
              value={String(visits[value] ?? '')}
              onChange={(days) => set(value, days)}
            />
          )}
        </Field>
      ))}
    </fieldset>
  )
}

function ReminderSettings({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  const field = useTranslations('field')
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md bg-sunken p-4">
      <span className="font-medium text-small">{text('reminder.label')}</span>
      <Stepper
        value={draft.reminderDays}
        onChange={(days) => change({ reminderDays: days ?? 0 })}
        label={text('reminder.label')}
        decreaseLabel={field('decrease')}
        increaseLabel={field('increase')}
        min={0}
        max={365}
        step={5}
      />
      <span className="text-ink-2 text-small">{text('reminder.days')}</span>
    </div>
  )
}
