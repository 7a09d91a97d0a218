'use client'
import type { RetypePreview } from '@fieldback/api/field/retype'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { Stats } from '@fieldback/ui/stats'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { Block } from './block.tsx'
import { CheckLine } from './check-line.tsx'
import { useSaidWords } from './use-said-words.ts'

export type ConversionPreviewProps = {
  readonly preview: RetypePreview | undefined
  /** The question as it is asked today. */
  readonly from: FieldSpec
  readonly accepted: boolean
  readonly onAccept: (accepted: boolean) => void
}

/** A few of them say what is wrong; all of them are in the table. */
const LEFT_SHOWN = 6

const WORDS_SHOWN = 40
const shortened = (words: string): string =>
  words.length > WORDS_SHOWN ? `${words.slice(0, WORDS_SHOWN).trimEnd()}…` : words

/** What another type makes of real answers: how many convert, which do not, what is given up, how long it can be undone. */
export function ConversionPreview({ preview, from, accepted, onAccept }: ConversionPreviewProps) {
  const text = useTranslations('fieldRetype')
  const promote = useTranslations('fieldPromote')
  const formats = useFormats()
  const words = useSaidWords(from)
  if (!preview) return null
  const { answered, converted, left, unknown } = preview.answers
  return (
    <Block
      title={text('preview.title')}
      hint={
        preview.sampled
          ? text('preview.hintSome', { read: answered, of: preview.sampled.of ?? 0 })
          : text('preview.hint')
      }
    >
      <div className="grid gap-5">
        <Stats
          items={[
            {
              term: text('preview.converted'),
              value: formats.number(converted),
              note: text('preview.convertedNote', { count: answered }),
            },
            { term: text('preview.left'), value: formats.number(left), note: text('preview.leftNote') },
            {
              term: text('preview.unknown'),
              value: formats.number(unknown),
              note: text('preview.unknownNote'),
            },
            {
              term: text('preview.reps'),
              value: formats.number(preview.reps),
              note: text('preview.repsNote', { count: preview.territories }),
            },
          ]}
        />
        {preview.left.length > 0 && (
          <p className="wrap-anywhere text-small">
            {text('preview.leftMost', {
              what: formats.list(
                preview.left
                  .slice(0, LEFT_SHOWN)
                  .map(({ said, n }) =>
                    text('preview.leftOne', { answer: shortened(words(said)), n: formats.number(n) }),
                  ),
              ),
            })}
          </p>
        )}
        {preview.loosened.length > 0 && (
          <>
            <p className="font-medium text-small">
              {text('preview.loosened', {
                what: formats.list(
                  preview.loosened.map(({ place, aspect }) =>
                    text('preview.loosenedAt', {
                      place: place.name,
                      aspect: promote(`changes.aspect.${aspect}`),
                    }),
                  ),
                ),
              })}
            </p>
            <CheckLine checked={accepted} onChange={onAccept}>
              {text('preview.accept')}
            </CheckLine>
          </>
        )}
        <p className="text-ink-2 text-small">
          {text('preview.undo', { day: formats.day(preview.undoUntil) })}
        </p>
      </div>
    </Block>
  )
}
