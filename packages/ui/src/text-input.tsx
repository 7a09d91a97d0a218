import type { ComponentProps, ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type TextInputProps = ComponentProps<'input'> & {
  /** Before the text; a magnifier makes it a search box. */
  icon?: ReactNode
  /** Paler and lower: what filters the list below rather than what answers a question. */
  quiet?: boolean | undefined
}

/** Name it with Field, or with `aria-label` where a label would repeat what is seen. */
export function TextInput({ icon, quiet = false, className, type = 'text', ...rest }: TextInputProps) {
  const input = (
    <input
      type={type}
      {...rest}
      className={joinClasses(
        'w-full rounded-md bg-surface text-body inset-ring placeholder:text-ink-3 desk:rounded-[10px] desk:text-small',
        quiet ? 'h-11 inset-ring-line-2 desk:h-9' : 'h-13 inset-ring-control desk:h-10',
        'aria-invalid:inset-ring-[1.5px] aria-invalid:inset-ring-danger disabled:bg-sunken disabled:text-ink-3 disabled:inset-ring-0',
        icon ? 'pr-4 pl-10 desk:pl-9' : 'px-4 desk:px-3',
        className,
      )}
    />
  )
  if (!icon) return input
  return (
    <span className="relative block">
      <span className="pointer-events-none absolute inset-y-0 left-3 grid place-items-center text-ink-3 desk:left-2.5">
        {icon}
      </span>
      {input}
    </span>
  )
}
