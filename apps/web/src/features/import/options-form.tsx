'use client'
import { DUPLICATE_CHOICES, type ImportKind, type ImportOptions } from '@fieldback/domain/import/import'
import { ChoiceCard } from '@fieldback/ui/choice-card'
import { SectionHead } from '@fieldback/ui/section-head'
import CopyPlus from 'lucide-react/icons/copy-plus'
import Hand from 'lucide-react/icons/hand'
import Merge from 'lucide-react/icons/merge'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { TerritoryChoice } from './territory-choice.tsx'
import { useWords } from './use-words.ts'

const ICONS: Readonly<Record<ImportOptions['duplicates'], ReactNode>> = {
  hold: <Hand size={18} />,
  merge: <Merge size={18} />,
  create: <CopyPlus size={18} />,
}

export type OptionsFormProps = {
  readonly kind: ImportKind
  readonly options: ImportOptions
  readonly onChange: (options: ImportOptions) => void
}

/** What to do where a line leaves a doubt. Territories and people are known by their name and address: no doubt there. */
export function OptionsForm({ kind, options, onChange }: OptionsFormProps) {
  const { text } = useWords()
  const id = useId()
  if (kind !== 'accounts' && kind !== 'contacts') return null
  return (
    <section aria-labelledby={id} className="max-w-240">
      <SectionHead id={id}>{text('options.title')}</SectionHead>
      <div className="flex flex-col gap-5">
        <div>
          <p className="mb-2 font-medium">{text('options.duplicates')}</p>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser. */}
          <div role="group" aria-label={text('options.duplicates')} className="grid gap-2 sm:grid-cols-3">
            {DUPLICATE_CHOICES.map((choice) => (
              <ChoiceCard
                key={choice}
                chosen={options.duplicates === choice}
                icon={ICONS[choice]}
                title={text(`options.duplicate.${choice}`)}
                text={text(`options.duplicateText.${choice}`)}
                onClick={() => onChange({ ...options, duplicates: choice })}
              />
            ))}
          </div>
        </div>
        {kind === 'accounts' && (
          <TerritoryChoice
            territoryId={options.territoryId}
            onChange={(territoryId) => onChange({ ...options, territoryId })}
          />
        )}
      </div>
    </section>
  )
}
