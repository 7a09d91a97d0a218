import type { ReactNode } from 'react'

export type EmptyProps = {
  /** 28 px. */
  icon?: ReactNode
  title: ReactNode
  /** The next step, in a sentence. */
  text?: ReactNode
  /** One Button. */
  action?: ReactNode
}

/** Nothing yet: proposes real work. Put it in a Card, or bare in a table's place. */
export function Empty({ icon, title, text, action }: EmptyProps) {
  return (
    <div className="px-6 py-8 text-center">
      {icon && <div className="mb-3 flex justify-center text-ink-3">{icon}</div>}
      <b className="block text-lead">{title}</b>
      {text && <p className="mx-auto mt-1 max-w-[34ch] text-balance text-ink-2 text-small">{text}</p>}
      {action && <div className="mt-4 flex justify-center">{action}</div>}
    </div>
  )
}
