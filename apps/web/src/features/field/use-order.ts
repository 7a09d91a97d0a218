'use client'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import { useToast } from '@fieldback/ui/toast'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'
import type { AskedField } from './asked.ts'

type Ordered = {
  readonly territoryId: string
  readonly entity: FieldEntity
  /** As they are asked. */
  readonly fields: readonly AskedField[]
}

/** The order of a territory's questions: each drop is published at once, and can be taken back. */
export function useOrder({ territoryId, entity, fields }: Ordered) {
  const text = useTranslations('fieldList')
  const sentence = useErrorSentence()
  const toast = useToast()
  const { tell, refresh } = useTakenBack()
  const asked = fields.map(({ id }) => id)
  /** Put, and not read again yet. */
  const [wanted, setWanted] = useState<readonly string[] | null>(null)
  const order = wanted?.length === asked.length ? wanted : asked
  const send = (to: readonly string[], known: readonly string[]) =>
    callMutation('field.reorder', { territoryId, entity, order: [...to], known: [...known] })
  const put = async (next: readonly string[]): Promise<void> => {
    setWanted(next)
    try {
      await send(next, order)
      tell(text('order.done'), () => send(order, next))
    } catch (error) {
      toast({ text: sentence(error), failed: true })
    }
    await refresh()
    setWanted(null)
  }
  return { order, put }
}
