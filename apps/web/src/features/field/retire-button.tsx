'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { Button } from '@fieldback/ui/button'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import Archive from 'lucide-react/icons/archive'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'

export type RetireButtonProps = { readonly territoryId: string; readonly definition: FieldDefinition }

/** Stops asking a question, and offers to take it back. */
export function RetireButton({ territoryId, definition }: RetireButtonProps) {
  const text = useTranslations('fieldDesk')
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  const { tell, refresh } = useTakenBack()
  const retire = useMutation(
    useTRPC().field.retire.mutationOptions({
      onSuccess: async () => {
        tell(text('done.retired'), () => callMutation('field.restore', { fieldId: definition.id }))
        router.push(`/manage/fields?at=${territoryId}`)
        await refresh()
      },
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return (
    <Button
      icon={<Archive size={16} />}
      disabled={retire.isPending || retire.isSuccess}
      onClick={() => retire.mutate({ fieldId: definition.id })}
    >
      {text('builder.retire')}
    </Button>
  )
}
