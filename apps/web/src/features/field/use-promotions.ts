import type { PromotionNotice } from '@fieldback/api/field/undo-promotion'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'

const ASKED_EVERY_MS = 1_500

/** What became of a territory's questions; asked again while earlier answers are being counted. */
export function usePromotions(territoryId: string): readonly PromotionNotice[] {
  const promotions = useQuery({
    ...useTRPC().field.promotions.queryOptions({ territoryId }),
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ counting }) => counting) ? ASKED_EVERY_MS : false,
  })
  return (promotions.data ?? []) as readonly PromotionNotice[]
}
