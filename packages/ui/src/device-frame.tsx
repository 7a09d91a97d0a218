import type { ReactNode } from 'react'

export type DeviceFrameProps = {
  /** "Le formulaire au Pays Basque" */
  label: string
  /** TopBar */
  top?: ReactNode
  /** StickyBar */
  bottom?: ReactNode
  /** Not to be answered here: out of reach of the keyboard and of screen readers' focus. */
  inert?: boolean | undefined
  children: ReactNode
}

/** The phone in the builder: the real components, at the size of a small drawing of the screen. */
export function DeviceFrame({ label, top, bottom, inert = false, children }: DeviceFrameProps) {
  return (
    <section
      aria-label={label}
      data-ui="device"
      className="mx-auto w-[310px] max-w-full overflow-clip rounded-[36px] bg-canvas text-body shadow-[0_0_0_8px_var(--fb-ink),var(--fb-shadow-2)]"
    >
      <div inert={inert} className="flex flex-col">
        {top}
        <div className="mx-3.5 mb-3.5">{children}</div>
        {bottom}
      </div>
    </section>
  )
}
