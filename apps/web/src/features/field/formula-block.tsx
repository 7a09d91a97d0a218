'use client'
import { computedValue, evaluateForm, planForm } from '@fieldback/domain/field/form-state'
import { FORMULA_MAX } from '@fieldback/domain/field/formula'
import { keptFormula, shownFormula } from '@fieldback/domain/field/formula-words'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextArea } from '@fieldback/ui/text-area'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { type BlockInput, specOf } from './draft.ts'
import { NEW } from './insert-draft.ts'
import { type Play, triedWith } from './play.ts'
import { useFormulaLanguage, useFormulaNames, useWrittenFault } from './use-formula-fault.ts'
import type { Sources } from './use-sources.ts'

type FormulaBlockProps = BlockInput & {
  readonly sources: Sources
  readonly play: Play
}

/** How a figure is computed: questions by their names, what is wrong where it stands, and what it comes to. */
export function FormulaBlock({ draft, change, sources, play }: FormulaBlockProps) {
  const text = useTranslations('fieldCondition')
  const language = useFormulaLanguage()
  const area = useRef<HTMLDivElement>(null)
  const { usable, names } = useFormulaNames(sources)
  const [typed, setTyped] = useState('')
  // Shown as it is typed as long as that is what it means; a kept draft is written out anew.
  const written =
    keptFormula(typed, names) === draft.formula ? typed : shownFormula(draft.formula, names, language)
  const write = (next: string) => {
    setTyped(next)
    change({ formula: keptFormula(next, names) })
  }
  const insert = (id: string) => {
    const input = area.current?.querySelector('textarea')
    const [from, to] = [input?.selectionStart ?? written.length, input?.selectionEnd ?? written.length]
    const name = `[${names.get(id)}]`
    write(written.slice(0, from) + name + written.slice(to))
    // The text is there at the next paint.
    requestAnimationFrame(() => {
      input?.focus()
      input?.setSelectionRange(from + name.length, from + name.length)
    })
  }
  const fault = useWrittenFault(written, sources)
  return (
    <Block title={text('formula.title')} hint={text('formula.hint')}>
      <div className="grid gap-4">
        <div ref={area}>
          <Field
            label={text('formula.label')}
            hint={text('formula.help')}
            error={written.trim() === '' ? undefined : fault}
          >
            {(control) => (
              <TextArea
                {...control}
                maxLength={FORMULA_MAX}
                spellCheck={false}
                value={written}
                onChange={(event) => write(event.target.value)}
              />
            )}
          </Field>
        </div>
        {usable.length === 0 ? (
          <p className="text-ink-2 text-small">{text('formula.none')}</p>
        ) : (
          <fieldset>
            <legend className="mb-1.5 font-medium text-small">{text('formula.insert')}</legend>
            <div className="flex flex-wrap gap-2">
              {usable
                .filter(({ id }) => !sources.retired.has(id))
                .map(({ id }) => (
                  <Button key={id} onClick={() => insert(id)}>
                    <span className="sr-only">
                      {text('formula.insertOne', { question: names.get(id) ?? '' })}
                    </span>
                    <span aria-hidden>{names.get(id)}</span>
                  </Button>
                ))}
            </div>
          </fieldset>
        )}
        <div className="flex flex-wrap gap-3">
          <span className="w-32">
            <Field label={text('formula.unit')}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={20}
                  autoComplete="off"
                  value={draft.unit}
                  onChange={(event) => change({ unit: event.target.value })}
                />
              )}
            </Field>
          </span>
          <span className="w-44">
            <Field label={text('formula.decimals')}>
              {(control) => (
                <Select
                  {...control}
                  options={['0', '1', '2'].map((value) => ({ value, label: value }))}
                  value={String(draft.decimals)}
                  onChange={(value) => change({ decimals: Number(value) })}
                />
              )}
            </Field>
          </span>
        </div>
        <Retired sources={sources} />
        {fault === undefined && <Result draft={draft} sources={sources} play={play} />}
      </div>
    </Block>
  )
}

function Retired({ sources }: { sources: Sources }) {
  const text = useTranslations('fieldCondition')
  const label = useLabel()
  return sources.fields
    .filter(({ id }) => sources.retired.has(id))
    .map(({ id, spec }) => (
      <p key={id} className="text-caption text-ink-2">
        {text('formula.retired', { question: label(spec.label) })}
      </p>
    ))
}

type ResultProps = Pick<FormulaBlockProps, 'draft' | 'sources' | 'play'>

/** What it comes to with the answers tried on the phone beside. */
function Result({ draft, sources, play }: ResultProps) {
  const text = useTranslations('fieldCondition')
  const formats = useFormats()
  const { facts, day } = play
  const spec = specOf(draft)
  const answers = triedWith(play, { spec, fields: sources.fields })
  const asked = sources.fields.filter(({ id }) => !sources.retired.has(id))
  const state = evaluateForm(planForm([...asked, { id: NEW, spec }]), { answers, facts, day })
  const value = computedValue(state, NEW)
  const unit = draft.unit.trim()
  return (
    <p className="text-small">
      <span className="text-ink-2">{text('formula.sample')} </span>
      <output aria-label={text('formula.result')} className="font-strong tabular-nums">
        {value === null
          ? text('formula.noResult')
          : `${formats.number(value, draft.decimals)}${unit ? `\u00a0${unit}` : ''}`}
      </output>
    </p>
  )
}
