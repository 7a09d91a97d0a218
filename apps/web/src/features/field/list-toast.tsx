'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

/** Says what has just been done to a question, when the list is come to from the builder, and offers to take it back. */
export function ListToast() {
  const text = useTranslations('fieldDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const address = useAddress()
  const trpc = useTRPC()
  const client = useQueryClient()
  const undo = {
    onSuccess: async () => {
      await client.invalidateQueries(trpc.field.pathFilter())
      await client.invalidateQueries(trpc.territory.get.pathFilter())
    },
    onError: (error: unknown) => toast({ text: sentence(error) }),
  }
  const retire = useMutation(trpc.field.retire.mutationOptions(undo))
  const restore = useMutation(trpc.field.restore.mutationOptions(undo))
  const published = address.get('published')
  const retired = address.get('retired')
  const version = address.get('version')
  const tell = useEffectEvent(() => {
    const label = common('cancel')
    if (published && version === '1')
      toast({
        text: text('done.published'),
        undo: { label, onUndo: () => retire.mutate({ fieldId: published }) },
      })
    else if (published) toast({ text: text('done.version', { version: version ?? '' }) })
    if (retired)
      toast({
        text: text('done.retired'),
        undo: { label, onUndo: () => restore.mutate({ fieldId: retired }) },
      })
    address.set({ published: null, retired: null, version: null })
  })
  useEffect(() => {
    if (published ?? retired) tell()
  }, [published, retired])
  return null
}
