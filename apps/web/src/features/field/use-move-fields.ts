'use client'
import { FIELDS_FILE_MOST } from '@fieldback/domain/field/fields-file'
import type { ImportLine, LineVerdict } from '@fieldback/domain/field/plan-fields-import'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'

type Tried = { readonly name: string; readonly text: string; readonly lines: readonly ImportLine[] }

const passes = ({ verdict }: ImportLine): boolean => verdict.is === 'new' || verdict.is === 'version'

/** A file of questions from the disk to the server: tried first, then what is chosen of it. */
export function useMove(territoryId: string) {
  const text = useTranslations('fieldMove')
  const trpc = useTRPC()
  const sentence = useErrorSentence()
  const toast = useToast()
  const { refresh } = useTakenBack()
  const [tried, setTried] = useState<Tried | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [fault, setFault] = useState<string | null>(null)
  const trying = useMutation(trpc.field.tryImport.mutationOptions())
  const importing = useMutation(trpc.field.importFile.mutationOptions())
  const show = (next: Tried): void => {
    setTried(next)
    setChosen(new Set(next.lines.filter(passes).map(({ at }) => at)))
  }
  const read = async (file: File): Promise<void> => {
    setFault(null)
    try {
      // Not sent: the server would read two megabytes to say the same.
      const content = file.size > 2 * FIELDS_FILE_MOST ? null : await file.text()
      if (content === null || content.length > FIELDS_FILE_MOST)
        return setFault(sentence({ data: { fieldback: { code: 'TOO_LARGE', params: {} } } }))
      const lines = await trying.mutateAsync({ territoryId, text: content })
      show({ name: file.name, text: content, lines: lines as readonly ImportLine[] })
    } catch (error) {
      setFault(sentence(error))
    }
  }
  const apply = async (): Promise<void> => {
    if (!tried) return
    setFault(null)
    const wanted = tried.lines
      .filter(({ at }) => chosen.has(at))
      .map(({ at, baseVersion }) => ({ at, baseVersion }))
    try {
      const { done, lines } = await importing.mutateAsync({ territoryId, text: tried.text, chosen: wanted })
      if (!done) {
        const told = new Map((lines as readonly ImportLine[]).map((line) => [line.at, line]))
        setFault(text('result.nothing'))
        return show({ ...tried, lines: tried.lines.map((line) => told.get(line.at) ?? line) })
      }
      toast({ text: text('result.applied', { count: wanted.length }) })
      await refresh()
      const again = await trying.mutateAsync({ territoryId, text: tried.text })
      show({ ...tried, lines: again as readonly ImportLine[] })
    } catch (error) {
      setFault(sentence(error))
    }
  }
  const of = (is: LineVerdict['is']): number =>
    tried?.lines.filter(({ verdict }) => verdict.is === is).length ?? 0
  return {
    tried,
    chosen,
    fault,
    counts: { new: of('new'), version: of('version'), unchanged: of('unchanged'), refused: of('refused') },
    reading: trying.isPending && tried === null,
    busy: importing.isPending || trying.isPending,
    read,
    apply,
    forget: () => {
      setTried(null)
      setFault(null)
    },
    choose: (at: number, wanted: boolean) => {
      const next = new Set(chosen)
      if (wanted) next.add(at)
      else next.delete(at)
      setChosen(next)
    },
  }
}
