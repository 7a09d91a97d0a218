'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { Notice } from '@fieldback/ui/notice'
import { Skeleton } from '@fieldback/ui/skeleton'
import CloudOff from 'lucide-react/icons/cloud-off'
import FileInput from 'lucide-react/icons/file-input'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { ColumnsStep } from './columns-step.tsx'
import { DoneStep } from './done-step.tsx'
import { FailedStep } from './failed-step.tsx'
import { TriedStep } from './tried-step.tsx'
import { UndoneStep } from './undone-step.tsx'
import { useImport } from './use-import.ts'
import { useTabTitle } from './use-tab-title.ts'
import { useWords } from './use-words.ts'
import { WorkingStep } from './working-step.tsx'

export type ImportScreenProps = {
  readonly importId: string
  /** As the server read it for the first paint. */
  readonly initial: ImportDetail | undefined
}

/** One import from its file to its end: each state is a screen that asks one question. */
export function ImportScreen({ importId, initial }: ImportScreenProps) {
  const { text, sentence } = useWords()
  const found = useImport(importId, initial)
  useTabTitle(found.data)
  return (
    <DeskScreen rail={<DeskRail />}>
      {found.error && found.data && (
        <Notice tone="quiet" live icon={<CloudOff size={18} />}>
          {sentence(found.error)}
        </Notice>
      )}
      {found.error && !found.data && (
        <Empty
          icon={<FileInput size={28} />}
          title={text('page.unreadable')}
          text={sentence(found.error)}
          action={
            <Button href="/admin/imports" renderLink={nextLink}>
              {text('new.imports')}
            </Button>
          }
        />
      )}
      {!found.data && !found.error && <Skeleton label={text('page.waiting')} lines={6} />}
      {found.data && <Step detail={found.data} />}
    </DeskScreen>
  )
}

function Step({ detail }: { readonly detail: ImportDetail }) {
  const address = useAddress()
  switch (detail.state) {
    case 'reading':
    case 'trying':
    case 'importing':
    case 'undoing':
      return <WorkingStep detail={detail} state={detail.state} />
    case 'to_map':
      return <ColumnsStep detail={detail} />
    case 'tried':
      return address.get('step') === 'columns' ? (
        <ColumnsStep detail={detail} />
      ) : (
        <TriedStep detail={detail} />
      )
    case 'done':
      return <DoneStep detail={detail} />
    case 'undone':
      return <UndoneStep detail={detail} />
    case 'failed':
      return <FailedStep detail={detail} />
  }
}
