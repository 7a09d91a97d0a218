'use client'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery } from '@tanstack/react-query'
import Download from 'lucide-react/icons/download'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { MoveImport } from './move-import.tsx'

export type MoveScreenProps = { readonly territory: { readonly id: string; readonly name: string } }

/** A territory's questions as a file, out and in. */
export function MoveScreen({ territory }: MoveScreenProps) {
  const text = useTranslations('fieldMove')
  const list = useQuery(useTRPC().field.list.queryOptions({ territoryId: territory.id }))
  return (
    <>
      <PageHead title={text('title', { place: territory.name })} lede={text('lede')} />
      <ExportBlock territory={territory} />
      <section aria-labelledby="import">
        <SectionHead id="import">{text('import.title')}</SectionHead>
        <p className="mb-3 max-w-2xl text-ink-2 text-small">{text('import.text')}</p>
        {list.data?.canDefine === false && <p>{text('import.cannot')}</p>}
        {list.data?.canDefine && <MoveImport territoryId={territory.id} />}
      </section>
    </>
  )
}

function ExportBlock({ territory }: MoveScreenProps) {
  const text = useTranslations('fieldMove')
  const sentence = useErrorSentence()
  const toast = useToast()
  const [branch, setBranch] = useState(true)
  const exporting = useMutation(
    useTRPC().field.exportFile.mutationOptions({
      onSuccess: (file) => {
        download(`${fileName(territory.name)}.json`, `${JSON.stringify(file, null, 2)}\n`)
        toast({ text: text('export.done', { count: file.questions.length + file.tightenings.length }) })
      },
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return (
    <section aria-labelledby="export">
      <SectionHead id="export">{text('export.title')}</SectionHead>
      <Card pad>
        <p className="max-w-2xl text-ink-2 text-small">{text('export.text')}</p>
        <label className="my-2 flex min-h-11 items-center gap-2 desk:min-h-8">
          <input
            type="checkbox"
            className="size-5 accent-accent desk:size-4"
            checked={branch}
            onChange={(event) => setBranch(event.target.checked)}
          />
          {text('export.branch')}
        </label>
        <Button
          icon={<Download size={16} />}
          disabled={exporting.isPending}
          onClick={() => exporting.mutate({ territoryId: territory.id, branch })}
        >
          {text('export.go')}
        </Button>
      </Card>
    </section>
  )
}

/** Letters and digits alone: names of places are typed by people, names of files go everywhere. */
const fileName = (place: string): string =>
  `champs-${place
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/\p{M}+/gu, '')
    .slice(0, 60)
    .toLowerCase()}`

function download(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
