'use client'
import { nextStep, SETUP_STEPS } from '@fieldback/domain/org/setup'
import { Button } from '@fieldback/ui/button'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { EndStep } from './end-step.tsx'
import { FieldsStep } from './fields-step.tsx'
import { LevelsStep } from './levels-step.tsx'
import { PeopleStep } from './people-step.tsx'
import { PAGES, type Page, type StepProps } from './setup.ts'
import { SetupNav } from './setup-nav.tsx'
import { TerritoriesStep } from './territories-step.tsx'

const STEPS: Readonly<Record<Page, (props: StepProps) => ReactNode>> = {
  levels: LevelsStep,
  territories: TerritoriesStep,
  people: PeopleStep,
  fields: FieldsStep,
  end: EndStep,
}

/** A new organisation's set-up, step by step; the step is in the address, what is done is read off what exists. */
export function SetupScreen() {
  const text = useTranslations('orgSetup')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const setup = useQuery(useTRPC().org.setup.queryOptions())
  const asked = PAGES.find((page) => page === address.get('step'))
  const page = asked ?? (setup.data ? (nextStep(setup.data.done) ?? 'end') : null)
  const { set } = address
  // Where one enters is kept: finishing a step must not turn the page by itself.
  useEffect(() => {
    if (!asked && page) set({ step: page })
  }, [asked, page, set])
  const go = (to: Page) => {
    address.set({ step: to, way: null }, 'push')
    window.scrollTo({ top: 0 })
  }
  const Step = page ? STEPS[page] : null
  return (
    <DeskScreen rail={<DeskRail />}>
      {setup.data && page && <SetupNav done={setup.data.done} page={page} onGo={go} />}
      {setup.error && (
        <>
          <Notice icon={<CircleAlert size={18} />} live>
            {sentence(setup.error)}
          </Notice>
          <Button onClick={() => setup.refetch()} className="self-start">
            {common('retry')}
          </Button>
        </>
      )}
      {setup.data && page && Step ? (
        <Step
          key={page}
          setup={setup.data}
          onNext={() => go(PAGES[PAGES.indexOf(page) + 1] ?? 'end')}
          onGo={go}
        />
      ) : (
        !setup.error && <Skeleton label={text('page')} lines={SETUP_STEPS.length} />
      )}
    </DeskScreen>
  )
}
