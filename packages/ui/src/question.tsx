'use client'
import { type ReactNode, useState } from 'react'
import { joinClasses } from './join-classes.ts'
import { levelSoftGround, type Rank } from './level.ts'
import { LevelMark } from './level-mark.tsx'

export type QuestionWhy = {
  /** "Demandé par Pyrénées-Atlantiques" */
  asker: ReactNode
  /** Why, what it gives back, what it costs: in the reader's words. */
  answers: readonly { term: string; text: ReactNode }[]
  /** Under the answers: what may be done about the question. */
  more?: ReactNode
}

export type QuestionProps = {
  /** Unique on the page. The title's id is `${id}-title`: name the answer with it (`labelledBy`). */
  id: string
  rank: Rank
  title: ReactNode
  /** Says the level and what the mark opens: "niveau local, pourquoi cette question". */
  markLabel: string
  why?: QuestionWhy | undefined
  defaultOpen?: boolean | undefined
  /** One line under the answers, e.g. "Comme la dernière fois. Touchez pour changer." */
  hint?: ReactNode
  /** Tinted: the question being built, in the preview. */
  fresh?: boolean | undefined
  as?: 'li' | 'div' | undefined
  children: ReactNode
}

function WhyBox({ id, rank, why }: { id: string; rank: Rank; why: QuestionWhy }) {
  return (
    <div
      id={id}
      className={joinClasses(
        'wrap-anywhere mt-4 animate-toast rounded-md p-4 text-small',
        levelSoftGround[rank],
      )}
    >
      <p className="mb-2 flex items-center gap-2 font-strong">
        <LevelMark rank={rank} size={18} />
        {why.asker}
      </p>
      <dl className="grid gap-2.5">
        {why.answers.map(({ term, text }) => (
          <div key={term}>
            <dt className="text-caption text-ink-2">{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {why.more}
    </div>
  )
}

/** A question, the mark of the level that asks it, its answers. The mark opens why it is asked; never a dialog. */
export function Question(props: QuestionProps) {
  const { id, rank, title, markLabel, why, hint, as: Tag = 'div' } = props
  const [open, setOpen] = useState(props.defaultOpen ?? false)
  const titleId = `${id}-title`
  const hintId = hint ? `${id}-hint` : undefined
  const marked = 'relative grid size-8 place-items-center rounded-full -mt-1 -mr-1.5 -mb-1 flex-none'
  return (
    <Tag className={joinClasses('p-5 device:p-4', props.fresh && 'bg-accent-soft')}>
      {/* biome-ignore lint/a11y/useSemanticElements: a legend cannot share its line with the mark. */}
      <div role="group" aria-labelledby={titleId} aria-describedby={hintId}>
        <div className="mb-3 flex items-start justify-between gap-1">
          <h3 id={titleId} className="wrap-anywhere text-lead device:text-body">
            {title}
          </h3>
          {why ? (
            <button
              type="button"
              aria-label={markLabel}
              aria-expanded={open}
              aria-controls={open ? `${id}-why` : undefined}
              onClick={() => setOpen(!open)}
              className={joinClasses(marked, 'touch transition-colors aria-expanded:bg-sunken')}
            >
              <LevelMark rank={rank} />
            </button>
          ) : (
            <span className={marked}>
              <LevelMark rank={rank} label={markLabel} />
            </span>
          )}
        </div>
        {props.children}
        {hint && (
          <p id={hintId} className="wrap-anywhere mt-2 text-caption text-ink-2">
            {hint}
          </p>
        )}
        {why && open && <WhyBox id={`${id}-why`} rank={rank} why={why} />}
      </div>
    </Tag>
  )
}
