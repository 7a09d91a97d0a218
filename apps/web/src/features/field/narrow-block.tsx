'use client'
import { isBounded } from '@fieldback/domain/field/bounds'
import { hasBounds, isNumber } from '@fieldback/domain/field/plan-publish'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { lockOn } from '@fieldback/domain/field/tighten'
import type { ToldTouch } from '@fieldback/domain/field/told-touches'
import { unitOf } from '@fieldback/domain/field/types/number'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { CheckLine } from './check-line.tsx'
import { DayBounds } from './day-bounds.tsx'
import { EnglishLines } from './english-lines.tsx'
import { LockedLine } from './locked-line.tsx'
import { OrderSelect } from './order-select.tsx'
import { boundFault, type Ground, type TighteningInput } from './tightening-draft.ts'
import { useTouchWords } from './use-touch-words.ts'

export type TightenPart = TighteningInput & {
  readonly ground: Ground
  /** What the levels make of it, from the root down to this one. */
  readonly touches: readonly ToldTouch[]
}

/** Required, bounds, help and order: the inherited ones beside what the level makes of them. */
export function NarrowBlock(part: TightenPart & { readonly siblings: readonly EffectiveField[] }) {
  const { draft, change, ground, touches, siblings } = part
  const text = useTranslations('fieldTighten')
  const desk = useTranslations('fieldDesk')
  const words = useTouchWords()
  const { inherited } = ground
  const here = touches.find(({ node }) => node.id === ground.territoryId)
  const told = [
    ...words.touchLines(aboveOf(part), unitOf(inherited.spec)),
    // What a lock sets aside is said beside its control.
    ...(here?.aside ?? []).filter(({ why }) => why === 'stricter').map(words.asideWords),
  ]
  const locked = lockOn(inherited, 'required') !== undefined
  return (
    <Block title={desk('question.title')} hint={text('narrow.hint')}>
      <div className="grid gap-4">
        {told.length > 0 && (
          <ul className="text-ink-2 text-small">
            {told.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {inherited.spec.type !== 'computed' && (
          <div>
            <CheckLine
              checked={inherited.spec.required || draft.required}
              disabled={inherited.spec.required || locked}
              onChange={(required) => change({ required })}
              note={
                inherited.spec.required
                  ? text('narrow.requiredAbove')
                  : locked && <LockedLine ground={ground} aspect="required" />
              }
            >
              {desk('question.required')}
            </CheckLine>
          </div>
        )}
        {hasBounds(inherited.spec) && <Bounds {...part} />}
        <Help {...part} />
        <OrderSelect draft={draft} change={change} ground={ground} siblings={siblings} />
      </div>
    </Block>
  )
}

const aboveOf = ({ touches, ground }: TightenPart): ToldTouch[] =>
  touches.filter(({ node }) => node.id !== ground.territoryId)

function Bounds(part: TightenPart) {
  const { draft, change, ground } = part
  const text = useTranslations('fieldTighten')
  const desk = useTranslations('fieldDesk')
  const words = useTouchWords()
  const { inherited } = ground
  const limits = words.boundsWords({ ...inherited.spec, unit: unitOf(inherited.spec) })
  const by = aboveOf(part).findLast(
    ({ spec, aside }) => isBounded(spec) && !aside.some(({ aspect }) => aspect === 'bounds'),
  )
  const fault = (at: 'min' | 'max') => {
    const code = boundFault(at, draft, ground)
    if (code === null) return undefined
    return text(`narrow.${code}`, { place: (by?.node ?? inherited.owner).name, limits: limits ?? '' })
  }
  const locked = lockOn(inherited, 'bounds') !== undefined
  return (
    <div className="grid gap-1.5">
      {isNumber(inherited.spec) ? (
        <div className="grid max-w-md grid-cols-2 gap-3">
          {(['min', 'max'] as const).map((at) => (
            <Field key={at} label={desk(`question.${at}`)} error={fault(at)}>
              {(control) => (
                <TextInput
                  {...control}
                  inputMode="decimal"
                  maxLength={20}
                  autoComplete="off"
                  disabled={locked}
                  placeholder={inherited.spec[at] === undefined ? '' : String(inherited.spec[at])}
                  value={draft[at]}
                  onChange={(event) => change({ [at]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      ) : (
        <DayBounds draft={draft} change={change} none={text('narrow.asAbove')} disabled={locked} />
      )}
      <p className="text-caption text-ink-2">
        {locked ? (
          <LockedLine ground={ground} aspect="bounds" />
        ) : (
          text(limits ? 'narrow.limits' : 'narrow.noLimits', { limits: limits ?? '' })
        )}
      </p>
    </div>
  )
}

function Help({ draft, change, ground }: TightenPart) {
  const text = useTranslations('fieldTighten')
  const label = useLabel()
  const { inherited } = ground
  const { help } = inherited.spec
  const locked = lockOn(inherited, 'help') !== undefined
  const above = help ? text('narrow.helpAbove', { help: label(help) }) : text('narrow.noHelp')
  return (
    <div className="grid gap-1">
      <Field label={text('narrow.help')} hint={locked ? <LockedLine ground={ground} aspect="help" /> : above}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={300}
            autoComplete="off"
            disabled={locked}
            placeholder={help ? label(help) : text('narrow.helpExample')}
            value={draft.help.fr}
            onChange={(event) => change({ help: { ...draft.help, fr: event.target.value } })}
          />
        )}
      </Field>
      {!locked && draft.help.fr.trim() !== '' && (
        <EnglishLines
          lines={[
            {
              key: 'help',
              label: text('narrow.helpEnglish'),
              value: draft.help.en,
              onChange: (en) => change({ help: { ...draft.help, en } }),
            },
          ]}
        />
      )}
    </div>
  )
}
