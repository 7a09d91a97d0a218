'use client'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { useTranslations } from 'next-intl'
import type { BlockInput } from './draft.ts'
import { EnglishLines } from './english-lines.tsx'

/** The same words in English, for who reads it so. */
export function EnglishWords({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  const options = isChoice(draft) ? draft.options.filter((option) => option.fr.trim() !== '') : []
  return (
    <EnglishLines
      lines={[
        {
          key: 'label',
          label: text('english.label'),
          value: draft.label.en,
          onChange: (en) => change({ label: { ...draft.label, en } }),
        },
        {
          key: 'why',
          label: text('english.why'),
          value: draft.why.en,
          onChange: (en) => change({ why: { ...draft.why, en } }),
        },
        ...(draft.help.fr.trim() === ''
          ? []
          : [
              {
                key: 'help',
                label: text('english.help'),
                value: draft.help.en,
                onChange: (en: string) => change({ help: { ...draft.help, en } }),
              },
            ]),
        ...options.map((option) => ({
          key: option.key,
          label: text('english.option', { option: option.fr }),
          value: option.en,
          onChange: (en: string) =>
            change({ options: draft.options.map((one) => (one.key === option.key ? { ...one, en } : one)) }),
        })),
        ...(draft.returns.includes('segment')
          ? [
              {
                key: 'segment',
                label: text('english.segment'),
                value: draft.segment.en,
                onChange: (en: string) => change({ segment: { ...draft.segment, en } }),
              },
            ]
          : []),
      ]}
    />
  )
}
