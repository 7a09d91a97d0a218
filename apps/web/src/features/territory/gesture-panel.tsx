'use client'
import { Button } from '@fieldback/ui/button'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { useAddress } from '../../client/use-address.ts'

type GesturePanelProps = {
  readonly title: string
  readonly lede: string
  readonly fault: string | null
  readonly children: ReactNode
  /** What does it; null while nothing is chosen. */
  readonly act: { readonly label: string; readonly disabled: boolean; readonly onClick: () => void } | null
}

/** A change of the tree, in the page: what is chosen, what follows from it, then the one button that does it. */
export function GesturePanel({ title, lede, fault, children, act }: GesturePanelProps) {
  const common = useTranslations('common')
  const address = useAddress()
  const heading = useId()
  const close = () => address.set({ do: null, to: null, into: null, on: null })
  return (
    <section
      aria-labelledby={heading}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="rounded-md bg-sunken p-4"
    >
      <h2 id={heading} className="text-lead">
        {title}
      </h2>
      <p className="mt-1 max-w-[72ch] text-ink-2 text-small">{lede}</p>
      {children}
      {fault !== null && (
        <p role="alert" className="mt-3 flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5 flex-none" />
          {fault}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {act && (
          <Button variant="primary" disabled={act.disabled} onClick={act.onClick}>
            {act.label}
          </Button>
        )}
        <Button variant="ghost" onClick={close}>
          {common('cancel')}
        </Button>
      </div>
    </section>
  )
}

/** What follows, a line each; those that say nothing are left out. */
export function Consequences({
  label,
  lines,
}: {
  readonly label: string
  readonly lines: readonly (string | null)[]
}) {
  const said = lines.filter((line) => line !== null)
  return (
    <ul aria-label={label} className="mt-3 grid max-w-[72ch] list-disc gap-1 pl-5 text-small">
      {said.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
