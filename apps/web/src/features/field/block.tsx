import { type ReactNode, useId } from 'react'

export type BlockProps = {
  readonly title: ReactNode
  readonly hint?: ReactNode
  readonly children: ReactNode
}

/** A part of the builder: its name at the left, what is to be said at the right. */
export function Block({ title, hint, children }: BlockProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid gap-x-8 gap-y-3 md:grid-cols-[148px_minmax(0,1fr)]">
      <div>
        <h2 id={id} className="font-strong text-small">
          {title}
        </h2>
        {hint && <p className="mt-0.5 text-caption text-ink-2">{hint}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
