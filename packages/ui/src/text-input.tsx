import type { ComponentProps, ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type TextInputProps = ComponentProps<'input'> & {
  /** Before the text; a magnifier makes it a search box. */
  icon?: ReactNode
}

/** Name it with Field, or with `aria-label` where a label would repeat what is seen. */
export function TextInput({ icon, className, type = 'text', ...rest }: TextInputProps) {
  const input = (
    <input
      type={type}
      {...rest}
      className={joinClasses(
        'h-13 w-full rounded-md bg-surface text-body inset-ring inset-ring-control placeholder:text-ink-3',
        'aria-invalid:inset-ring-[1.5px] aria-invalid:inset-ring-danger disabled:bg-sunken disabled:text-ink-3 disabled:inset-ring-0',
        'desk:h-10 desk:rounded-[10px] desk:text-small',
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
