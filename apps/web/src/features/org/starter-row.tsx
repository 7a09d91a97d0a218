'use client'
import type { ErrorParams } from '@fieldback/domain/errors'
import type { Giveback } from '@fieldback/domain/field/field-spec'
import { GIVEBACK_FAULTS, type GivebackFault } from '@fieldback/domain/giveback/check-giveback'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Tag } from '@fieldback/ui/tag'
import { TextInput } from '@fieldback/ui/text-input'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import Pencil from 'lucide-react/icons/pencil'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useLabel } from '../../client/use-label.ts'
import type { StarterLine } from './setup.ts'

export type Words = { readonly fr: string; readonly en: string }

type StarterRowProps = {
  readonly line: StarterLine
  readonly chosen: boolean
  /** The organisation's own words, once it has changed them. */
  readonly words: Words | null
  readonly missing: boolean
  readonly onToggle: () => void
  readonly onWords: (words: Words) => void
}

/** One proposed question: asked or not, under which words, why, and what it gives back. */
export function StarterRow({ line, chosen, words, missing, onToggle, onWords }: StarterRowProps) {
  const text = useTranslations('orgSetup')
  const label = useLabel()
  const why = useReason()
  const [renaming, setRenaming] = useState(false)
  const { spec, published, fault } = line
  const asked = label(published ?? words ?? spec.label)
  return (
    <li className="grid grid-cols-[24px_1fr] gap-x-3 py-4">
      <input
        type="checkbox"
        aria-label={text('fields.ask', { label: asked })}
        checked={published !== null || (fault === null && chosen)}
        disabled={published !== null || fault !== null}
        onChange={onToggle}
        className="touch relative mt-0.5 size-5 accent-(--fb-accent)"
      />
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <b className="min-w-0 [overflow-wrap:anywhere]">{asked}</b>
          {published && <Tag icon={<Check size={14} />}>{text('fields.published')}</Tag>}
          {!published && !renaming && (
            <Button
              variant="ghost"
              icon={<Pencil size={14} />}
              aria-label={text('fields.renameOf', { label: asked })}
              onClick={() => setRenaming(true)}
              className="-my-2"
            >
              {text('fields.rename')}
            </Button>
          )}
        </div>
        <p className="text-ink-2">{text('fields.why', { why: label(spec.why) })}</p>
        {renaming && !published && (
          <Renaming
            words={words ?? { fr: spec.label.fr, en: spec.label.en ?? spec.label.fr }}
            missing={missing}
            onWords={onWords}
          />
        )}
        <ul aria-label={text('fields.gives')} className="mt-2 grid gap-1">
          {spec.givebacks.map((giveback, at) => (
            <Return key={giveback.kind} giveback={giveback} verdict={line.verdicts[at]} />
          ))}
        </ul>
        {fault && fault.params.reason !== 'GIVEBACK_NO_REP' && (
          <p className="mt-2 text-ink-2">{text('fields.not', { reason: why(fault.params, fault.code) })}</p>
        )}
      </div>
    </li>
  )
}

function Renaming({
  words,
  missing,
  onWords,
}: Pick<StarterRowProps, 'missing' | 'onWords'> & { words: Words }) {
  const text = useTranslations('orgSetup')
  const line = (language: 'fr' | 'en') => (
    <Field
      label={text(language === 'fr' ? 'fields.french' : 'fields.english')}
      error={missing && words[language].trim() === '' ? text('fields.missing') : undefined}
    >
      {(control) => (
        <TextInput
          {...control}
          lang={language}
          maxLength={300}
          autoComplete="off"
          value={words[language]}
          onChange={(event) => onWords({ ...words, [language]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <div className="my-3 grid gap-3 sm:grid-cols-2">
      {line('fr')}
      {line('en')}
    </div>
  )
}

type ReturnProps = {
  readonly giveback: Giveback
  readonly verdict: StarterLine['verdicts'][number] | undefined
}

/** One return, in green when it is expected to work; else when it will. */
function Return({ giveback, verdict }: ReturnProps) {
  const text = useTranslations('orgSetup')
  const label = useLabel()
  const why = useReason()
  const name =
    giveback.kind === 'segment'
      ? text('fields.segment', { label: label(giveback.label) })
      : giveback.kind === 'reminder'
        ? text('fields.reminder', { days: giveback.daysBefore })
        : text(`fields.${giveback.kind}`)
  if (!verdict || verdict.working)
    return (
      <li className="flex items-start gap-2 text-accent-ink">
        <Check size={16} className="mt-0.5 flex-none" />
        {name}
      </li>
    )
  // Said once, above: what everything waits for.
  if (verdict.code === 'GIVEBACK_NO_REP') return <li className="text-ink-2">{name}</li>
  return (
    <li className="flex items-start gap-2 text-ink-2">
      <Clock size={16} className="mt-0.5 flex-none" />
      <span>
        {name},{' '}
        {verdict.code === 'GIVEBACK_NOBODY_REACHABLE'
          ? text('fields.unreachable')
          : text('fields.later', { reason: why(verdict.params, verdict.code) })}
      </span>
    </li>
  )
}

/** Why a return does not work now, in the builder's own words. */
function useReason(): (params: ErrorParams, code: string) => string {
  const field = useTranslations('fieldDesk')
  const sentence = useErrorSentence()
  return (params, code) => {
    const reason = GIVEBACK_FAULTS.find((one): one is GivebackFault => one === (params.reason ?? code))
    if (!reason) return sentence({ data: { fieldback: { code, params } } })
    const number = (name: string) => (typeof params[name] === 'number' ? params[name] : 0)
    const said = field(`reason.${reason}`, {
      kind: String(params.kind ?? ''),
      options: String(params.options ?? ''),
      basis: String(params.basis ?? ''),
      have: number('have'),
      need: number('need'),
      answers: number('answers'),
      answersNeed: number('answersNeed'),
    })
    return said.charAt(0).toLowerCase() + said.slice(1)
  }
}
