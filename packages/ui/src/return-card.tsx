'use client'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Undo2 from 'lucide-react/icons/undo-2'
import { type ReactNode, useId, useState } from 'react'
import { joinClasses } from './join-classes.ts'

export type ReturnCardProps = {
  /** "Ce que ça vous rend" */
  eyebrow: ReactNode
  /** One sentence. */
  sentence: ReactNode
  /** The proof: a chart, Evidence. */
  children?: ReactNode
  /** With it, the proof is folded behind this word ("La preuve"). */
  proofLabel?: string | undefined
  defaultOpen?: boolean | undefined
  /** "61 réponses, sur ce téléphone" */
  source?: ReactNode
  /** A TextLink to the records. */
  action?: ReactNode
  /** Below all else: whether it is of use. */
  foot?: ReactNode
  /** `soon`: too few cases; says how many are missing. */
  tone?: 'return' | 'soon' | undefined
  /** Desk and secondary cards: the sentence one size down. */
  compact?: boolean | undefined
  /** Rises once: after a save, when the figures are final. */
  rise?: boolean | undefined
}

function Foot({ source, children }: { source: ReactNode; children: ReactNode }) {
  return (
    <div className="mt-3 flex items-center justify-between gap-3 text-caption text-ink-2">
      <span>{source}</span>
      <span className="flex flex-none items-center gap-4">{children}</span>
    </div>
  )
}

/** What comes back to who answered: one sentence, its proof, its source. */
export function ReturnCard(props: ReturnCardProps) {
  const { eyebrow, sentence, children, proofLabel, source, action, tone = 'return', compact, rise } = props
  const [open, setOpen] = useState(props.defaultOpen ?? false)
  const proofId = useId()
  const folded = proofLabel !== undefined && Boolean(children)
  const small = compact || tone === 'soon'
  return (
    <section
      className={joinClasses(
        'rounded-card p-5',
        tone === 'soon' ? 'bg-sunken' : 'bg-accent-soft',
        rise && 'animate-rise',
      )}
    >
      <p
        className={joinClasses(
          'flex items-center gap-[7px] font-medium text-caption',
          tone === 'soon' ? 'text-ink-2' : 'text-accent-ink',
        )}
      >
        <Undo2 size={16} />
        {eyebrow}
      </p>
      <p
        className={joinClasses(
          'mt-2 font-medium',
          small ? 'text-[17px] leading-6' : 'text-heading leading-7 tracking-[-0.012em]',
        )}
      >
        {sentence}
      </p>
      {children && (!folded || open) && (
        <div id={proofId} className="mt-4">
          {children}
        </div>
      )}
      {(source || action || folded) && (
        <Foot source={source}>
          {folded && (
            <button
              type="button"
              aria-expanded={open}
              aria-controls={open ? proofId : undefined}
              onClick={() => setOpen(!open)}
              className="touch inline-flex items-center gap-1.5 font-medium text-accent-ink"
            >
              {proofLabel}
              <ChevronDown size={16} className={joinClasses('transition-transform', open && 'rotate-180')} />
            </button>
          )}
          {action}
        </Foot>
      )}
      {props.foot}
    </section>
  )
}
