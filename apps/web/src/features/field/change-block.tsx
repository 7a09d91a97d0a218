'use client'
import type { FieldSpec, TighteningSpec } from '@fieldback/domain/field/field-spec'
import { hasBounds, isChoice, isListReference } from '@fieldback/domain/field/plan-publish'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { unitOf } from '@fieldback/domain/field/types/number'
import ArrowRight from 'lucide-react/icons/arrow-right'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { useTouchWords } from './use-touch-words.ts'

type ChangeBlockProps = {
  readonly inherited: EffectiveField
  readonly becomes: EffectiveField
  readonly place: string
  /** What will be published; null while nothing is new. */
  readonly said: TighteningSpec | null
  readonly reps: number
}

/** The question as it is inherited and as it becomes, aspect by aspect. */
export function ChangeBlock({ inherited, becomes, place, said: spec, reps }: ChangeBlockProps) {
  const text = useTranslations('fieldTighten')
  const label = useLabel()
  const formats = useFormats()
  const words = useTouchWords()
  const live = ({ options }: FieldSpec) => options.filter(({ retired }) => !retired)
  const offered = (spec: FieldSpec) => formats.list(live(spec).map((option) => label(option.label)))
  const said = (spec: FieldSpec) => [
    { aspect: 'required' as const, words: text(spec.required ? 'change.required' : 'change.optional') },
    ...(hasBounds(spec)
      ? [
          {
            aspect: 'bounds' as const,
            words: words.boundsWords({ ...spec, unit: unitOf(spec) }) ?? text('change.noLimits'),
          },
        ]
      : []),
    ...(isChoice(spec) ? [{ aspect: 'options' as const, words: offered(spec) }] : []),
    ...(isListReference(spec)
      ? [{ aspect: 'options' as const, words: text('items.offered', { count: live(spec).length }) }]
      : []),
    { aspect: 'help' as const, words: spec.help ? label(spec.help) : text('change.noHelp') },
  ]
  const after = said(becomes.spec)
  return (
    <Block title={text('change.title')} hint={text('change.hint', { place })}>
      {spec && (
        <p className="mb-4">
          {text('change.whom', {
            reps,
            place,
            what: words.saidWords(spec, unitOf(inherited.spec)) || text('change.asAbove'),
          })}
        </p>
      )}
      <dl className="grid gap-3">
        {said(inherited.spec).map(({ aspect, words: before }, at) => {
          const next = after[at]?.words ?? before
          return (
            <div key={aspect}>
              <dt className="text-caption text-ink-2">{text(`change.aspect.${aspect}`)}</dt>
              <dd className="wrap-anywhere flex flex-wrap items-center gap-x-2">
                <span className={next === before ? undefined : 'text-ink-2'}>{before}</span>
                {next !== before && (
                  <>
                    <ArrowRight size={16} className="flex-none text-ink-3" />
                    <span className="sr-only">{text('change.becomes')}</span>
                    <b>{next}</b>
                  </>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </Block>
  )
}
