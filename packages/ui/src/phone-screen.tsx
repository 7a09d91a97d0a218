import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type PhoneScreenProps = {
  /** TopBar, sticky: a screen one came to from another. */
  top?: ReactNode
  /** ScreenTitle: one of the four places. */
  title?: ReactNode
  /** TabBar or StickyBar: sticky in the flow. */
  bottom?: ReactNode
  /** 20 between sections instead of 28: the form. */
  tight?: boolean | undefined
  children: ReactNode
}

/** One column of at most 430 px with its gutter; the bars take the whole width of it. */
export function PhoneScreen({ top, title, bottom, tight = false, children }: PhoneScreenProps) {
  return (
    <div data-ui="phone" className="mx-auto flex min-h-dvh max-w-[430px] flex-col">
      {top}
      {title && (
        <div className={joinClasses('px-5', top ? 'pt-1' : 'pt-[calc(1.25rem+env(safe-area-inset-top))]')}>
          {title}
        </div>
      )}
      <main
        className={joinClasses(
          'flex min-w-0 flex-1 flex-col px-5 pb-8',
          tight ? 'gap-5' : 'gap-7',
          title ? 'pt-4' : top ? 'pt-2' : 'pt-[calc(1.25rem+env(safe-area-inset-top))]',
        )}
      >
        {children}
      </main>
      {bottom}
    </div>
  )
}
