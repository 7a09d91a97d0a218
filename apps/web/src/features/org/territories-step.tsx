'use client'
import { ChoiceCard } from '@fieldback/ui/choice-card'
import { PageHead } from '@fieldback/ui/page-head'
import { TextLink } from '@fieldback/ui/text-link'
import FileSpreadsheet from 'lucide-react/icons/file-spreadsheet'
import MapIcon from 'lucide-react/icons/map'
import PencilLine from 'lucide-react/icons/pencil-line'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { DivisionForm } from './division-form.tsx'
import { HandForm } from './hand-form.tsx'
import type { StepProps } from './setup.ts'
import { StepActions } from './step-actions.tsx'

/** Three ways to have territories; each can be taken after another. */
export function TerritoriesStep({ setup, onNext }: StepProps) {
  const text = useTranslations('orgSetup')
  const address = useAddress()
  const router = useRouter()
  const way = address.get('way')
  const { root, territories } = setup
  return (
    <>
      <PageHead title={text('territories.title')} lede={text('territories.text', { root: root.name })} />
      <p className="-mt-3 flex flex-wrap items-baseline gap-x-3">
        {text('territories.have', { count: territories, root: root.name })}
        {territories > 0 && (
          <TextLink href="/admin/territories" renderLink={nextLink}>
            {text('territories.see')}
          </TextLink>
        )}
      </p>
      <div className="grid max-w-[880px] grid-cols-1 gap-2 sm:grid-cols-3">
        <ChoiceCard
          chosen={way === 'country'}
          icon={<MapIcon size={18} />}
          title={text('territories.way.country')}
          text={text('territories.way.countryText')}
          onClick={() => address.set({ way: 'country' })}
        />
        <ChoiceCard
          chosen={false}
          icon={<FileSpreadsheet size={18} />}
          title={text('territories.way.file')}
          text={text('territories.way.fileText')}
          onClick={() => router.push('/admin/imports?kind=territories')}
        />
        <ChoiceCard
          chosen={way === 'hand'}
          icon={<PencilLine size={18} />}
          title={text('territories.way.hand')}
          text={text('territories.way.handText')}
          onClick={() => address.set({ way: 'hand' })}
        />
      </div>
      {way === 'country' && <DivisionForm onTaken={() => address.set({ way: null })} />}
      {way === 'hand' && <HandForm />}
      <StepActions done={setup.done.territories} quiet={way === 'country'} onNext={onNext} />
    </>
  )
}
