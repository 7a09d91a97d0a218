import type { ComponentProps, ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type TextAreaProps = ComponentProps<'textarea'> & {
  /** Beside the text, at the bottom: the 56 px microphone. */
  action?: ReactNode
}

/** Grows with what is written, 120 px at least. */
export function TextArea({ action, className, ...rest }: TextAreaProps) {
  return (
    <div
      className={joinClasses(
        'flex min-h-30 items-end gap-3 rounded-card bg-surface pr-3 pl-4 inset-ring inset-ring-control desk:rounded-md',
        'has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-focus has-[textarea:focus-visible]:outline-offset-2',
        'has-[textarea[aria-invalid]]:inset-ring-[1.5px] has-[textarea[aria-invalid]]:inset-ring-danger',
        className,
      )}
    >
      <textarea
        rows={3}
        {...rest}
        className="field-sizing-content min-h-30 w-full min-w-0 flex-1 resize-none self-stretch bg-transparent py-3.5 text-body outline-none placeholder:text-ink-3 desk:text-small"
      />
      {action && <div className="pb-3">{action}</div>}
    </div>
  )
}
