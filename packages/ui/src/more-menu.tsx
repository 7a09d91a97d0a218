import ChevronDown from 'lucide-react/icons/chevron-down'
import { type MouseEvent, type ReactNode, useId, useRef } from 'react'
import { Button } from './button.tsx'

export type MoreMenuProps = {
  label: string
  /** MenuItems. */
  children: ReactNode
}

/**
 * What is done more seldom, behind one button. A native popover: Escape and a tap beside close it, and so does choosing.
 * Where a browser does not know how to place it by its button, it stands in the middle.
 */
export function MoreMenu({ label, children }: MoreMenuProps) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const closeOnChoice = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button')) menu.current?.hidePopover()
  }
  return (
    <>
      <Button popoverTarget={id}>
        {label}
        <ChevronDown size={16} className="text-ink-3" />
      </Button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on what it holds is a click too; the container is not a control. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
      <div
        id={id}
        ref={menu}
        popover="auto"
        onClick={closeOnChoice}
        className="w-64 max-w-[calc(100vw-1.5rem)] rounded-md bg-raised p-2 text-ink shadow-3 not-supports-[position-area:bottom]:m-auto supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:my-1 supports-[position-area:bottom]:mr-2 supports-[position-area:bottom]:[position-area:bottom_span-right] supports-[position-area:bottom]:[position-try-fallbacks:flip-inline,flip-block]"
      >
        {children}
      </div>
    </>
  )
}
