'use client'
import Check from 'lucide-react/icons/check'
import { useTranslations } from 'next-intl'
import { PAGES, type Page, type Setup } from './setup.ts'

type SetupNavProps = { readonly done: Setup['done']; readonly page: Page; readonly onGo: (to: Page) => void }

/** Every step in a line, in any order: what is done says so, and stays open. */
export function SetupNav({ done, page, onGo }: SetupNavProps) {
  const text = useTranslations('orgSetup')
  return (
    <nav aria-label={text('steps.label')}>
      <ol className="-mx-2 flex flex-wrap gap-x-1 gap-y-0.5">
        {PAGES.map((step, at) => {
          const finished = step !== 'end' && done[step]
          return (
            <li key={step}>
              <a
                href={`?step=${step}`}
                aria-current={step === page ? 'step' : undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey) return
                  event.preventDefault()
                  onGo(step)
                }}
                className="group flex h-11 items-center gap-2 rounded-[10px] px-2 font-medium text-ink-2 text-small transition-colors hover:text-ink aria-[current]:text-ink desk:h-9"
              >
                <span
                  className={`grid size-6 flex-none place-items-center rounded-full text-caption tabular-nums group-aria-[current]:bg-ink group-aria-[current]:text-on-ink group-aria-[current]:inset-ring-0 ${
                    finished ? 'bg-accent-soft text-accent-ink' : 'inset-ring inset-ring-line-2'
                  }`}
                >
                  {finished ? <Check size={14} /> : at + 1}
                </span>
                {text(`steps.${step}`)}
                {finished && <span className="sr-only">{text('steps.done')}</span>}
              </a>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
