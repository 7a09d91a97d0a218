'use client'
import type { ToldObjective } from '@fieldback/domain/objective/objective'
import { useSave } from '../account/use-save.ts'
import { newId } from '../data/new-id.ts'
import { useObjectiveTexts } from './use-objective-texts.ts'

/** Does not take an account on for an objective, with a word; null takes that back. */
export function useRefuse({
  id,
  by,
}: Pick<ToldObjective, 'id' | 'by'>): (accountId: string, word: string | null) => Promise<boolean> {
  const text = useObjectiveTexts()
  const save = useSave()
  return (accountId, word) =>
    save(
      [
        {
          kind: 'objective.refuse',
          entityId: newId(),
          base: 0,
          body: { objectiveId: id, accountId, word },
        },
      ],
      word === null ? text('takenBack') : text('said', { by }),
    )
}
