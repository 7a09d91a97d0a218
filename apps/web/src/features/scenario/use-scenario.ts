'use client'
import type { ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { isEnded } from '../../client/error-code.ts'
import { useTRPC } from '../../client/trpc.tsx'
import type { GestureLine, ScenarioPage, Step } from './scenario-page.ts'
import { useToldGesture } from './told-gesture.ts'
import { useWords } from './use-words.ts'

/** A scenario as it is now; read again whenever one comes back to the page, for somebody else may work on it. */
export function useScenario(scenarioId: string, open: readonly string[]) {
  return useQuery({
    ...useTRPC().scenario.get.queryOptions({ scenarioId, open: [...open] }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: true,
  })
}

/** After a change: whatever shows scenarios reads them again. */
export function useReread(): () => Promise<void> {
  const trpc = useTRPC()
  const client = useQueryClient()
  return () => client.invalidateQueries(trpc.scenario.pathFilter())
}

type Settling = {
  readonly gestureId: string
  /** Its place in the gesture. */
  readonly step: number
  readonly from: readonly ClashChoice[]
  readonly to: readonly ClashChoice[]
}

/** Adding gestures, settling the questions that they make clash, and undoing any of them; each undoing can itself be taken back for a moment. */
export function useGestures({ id: scenarioId, version }: Pick<ScenarioPage, 'id' | 'version'>) {
  const { text, common, sentence } = useWords()
  const trpc = useTRPC()
  const toast = useToast()
  const reread = useReread()
  const told = useToldGesture()
  const add = useMutation(trpc.scenario.addGesture.mutationOptions({ onSettled: reread }))
  const remove = useMutation(trpc.scenario.removeGesture.mutationOptions({ onSettled: reread }))
  const order = useMutation(trpc.scenario.reorder.mutationOptions({ onSettled: reread }))
  const settle = useMutation(trpc.scenario.settleStep.mutationOptions({ onSettled: reread }))
  const failed = (error: unknown) => toast({ text: sentence(error), failed: true })
  const put = (steps: readonly Step[], at?: number) =>
    add.mutateAsync({ scenarioId, steps: [...steps], known: version, ...(at === undefined ? {} : { at }) })
  /**
   * Without what was chosen for its questions where that is refused: it may have been somebody else's choice. Where nobody answered, as it was
   * once more.
   */
  const putBack = (steps: readonly Step[], at: number): Promise<unknown> => {
    const notBack = (error: unknown) =>
      toast({
        text: sentence(error),
        failed: true,
        undo: { label: text('gestures.again'), onUndo: () => void putBack(steps, at) },
      })
    return put(steps, at).catch((error) => {
      if (!isEnded(error) || !steps.some((step) => 'clashes' in step)) return notBack(error)
      const bare = steps.map((step) => ('clashes' in step ? { ...step, clashes: [] } : step))
      return put(bare, at).then(() => toast({ text: text('clash.bare') }), notBack)
    })
  }
  const settleAs = ({ gestureId, step, from, to }: Settling) =>
    settle.mutateAsync({ scenarioId, gestureId, step, clashes: [...to], known: [...from] })
  return {
    pending: add.isPending || remove.isPending || order.isPending,
    error: add.error,
    reset: add.reset,
    /** Resolves once it is there; rejects with what was typed kept where it was typed. */
    add: async (steps: readonly Step[]): Promise<void> => {
      const { meanwhile } = await put(steps)
      if (meanwhile) toast({ text: text('gestures.meanwhile') })
    },
    /** Changes what becomes of questions that clash; rejects with what was chosen kept where it was chosen. */
    settle: async (choice: Settling): Promise<void> => {
      await settleAs(choice)
      const { from, to } = choice
      toast({
        text: text('clash.saved'),
        undo: {
          label: common('cancel'),
          onUndo: () => void settleAs({ ...choice, from: to, to: from }).catch(failed),
        },
      })
    },
    settling: { pending: settle.isPending, error: settle.error, reset: settle.reset },
    undo: (gesture: GestureLine) =>
      remove.mutate(
        { scenarioId, gestureId: gesture.id },
        {
          onError: failed,
          onSuccess: (removed) => {
            if (!removed) return toast({ text: text('gestures.gone') })
            toast({
              text: text('gestures.undone', { what: told(gesture) }),
              undo: {
                label: text('gestures.again'),
                onUndo: () => void putBack(removed.steps, removed.at),
              },
            })
          },
        },
      ),
    /** Puts a gesture before the one that precedes it. */
    raise: (gestures: readonly GestureLine[], at: number) => {
      const ids = gestures.map(({ id }) => id)
      const [moved] = ids.splice(at, 1)
      if (moved) order.mutate({ scenarioId, order: ids.toSpliced(at - 1, 0, moved) }, { onError: failed })
    },
  }
}
