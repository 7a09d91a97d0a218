import Check from 'lucide-react/icons/check'
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type ChoiceCardProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'title'> & {
  chosen: boolean
  /** 18 px. */
  icon: ReactNode
  title: ReactNode
  /** What it is for. */
  text: ReactNode
}

/** One way among a few, with its use. */
export function ChoiceCard({ chosen, icon, title, text, className, ...rest }: ChoiceCardProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-pressed={chosen}
      className={joinClasses(
        'relative flex min-h-24 flex-col items-start gap-0.5 rounded-md p-3 text-left transition-colors',
        'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3',
        chosen
          ? 'bg-accent-soft inset-ring-2 inset-ring-accent'
          : 'bg-surface inset-ring inset-ring-line-2 enabled:hover:bg-canvas',
        className,
      )}
    >
      <span className={joinClasses('mb-1.5', chosen ? 'text-accent-ink' : 'text-ink-2')}>{icon}</span>
      <b>{title}</b>
      <span className="text-caption text-ink-2">{text}</span>
      {chosen && <Check size={18} className="absolute top-3 right-3 text-accent-ink" />}
    </button>
  )
}
