'use client'
import { nextStep, SETUP_STEPS } from '@fieldback/domain/org/setup'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats } from '../../client/use-formats.ts'

/** A quiet line above the people of the organisation while steps of its set-up are open. */
export function SetupNotice() {
  return usePathname() === '/admin' ? <OpenSteps /> : null
}

function OpenSteps() {
  const text = useTranslations('orgSetup')
  const formats = useFormats()
  const { data } = useQuery(useTRPC().org.setup.queryOptions())
  if (!data || nextStep(data.done) === null) return null
  const open = SETUP_STEPS.filter((step) => !data.done[step])
  const steps = formats.list(open.map((step) => text(`steps.${step}`).toLowerCase()))
  return (
    <aside
      data-ui="desk"
      aria-label={text('page')}
      className="flex flex-wrap items-center gap-x-3 px-5 py-2 text-small lg:px-6"
    >
      <span>
        <b>{text('notice.title')}</b> {text('notice.text', { steps })}
      </span>
      <TextLink href="/admin/setup" renderLink={nextLink}>
        {text('notice.go')}
      </TextLink>
    </aside>
  )
}
