import type { ReactNode } from 'react'
import { LocaleSwitch } from '../../client/locale-switch.tsx'
import { Strata } from './strata.tsx'

export type DoorScreenProps = {
  product: string
  title: string
  text?: ReactNode
  signedIn?: boolean
  /** At the foot of the page. */
  foot?: ReactNode
  children?: ReactNode
}

/** Before one is anywhere: the strata, the name, one question. */
export function DoorScreen({ product, title, text, signedIn = false, foot, children }: DoorScreenProps) {
  return (
    <div
      data-ui="phone"
      className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[minmax(480px,2fr)_3fr] lg:grid-rows-1"
    >
      <div className="overflow-clip lg:order-last lg:h-dvh lg:sticky lg:top-0">
        <Strata />
      </div>
      <div className="mx-auto flex w-full max-w-[430px] flex-1 flex-col px-5 pb-[calc(1.25rem+env(safe-area-inset-bottom))] lg:max-w-[400px] lg:justify-center lg:px-0 lg:py-10">
        <main className="flex flex-col gap-5 pt-5">
          <header>
            <p className="mb-2 font-strong">{product}</p>
            <h1 className="text-balance text-title">{title}</h1>
            {text && <p className="mt-1 text-ink-2">{text}</p>}
          </header>
          {children}
        </main>
        <footer className="mt-auto flex flex-col items-center gap-3 pt-10 lg:mt-0 lg:items-start">
          {foot}
          <LocaleSwitch signedIn={signedIn} />
        </footer>
      </div>
    </div>
  )
}
