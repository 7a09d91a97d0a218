import { AUDIT_MONTHS } from '@fieldback/domain/waste/audit-field'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import type { WasteField } from './waste.ts'

/** Why something is proposed, in one sentence. */
export function useReasonWords() {
  const text = useTranslations('waste')
  const formats = useFormats()
  return ({ proposal, service, returnsEach, answers, standsOut, keptUntil }: WasteField): string => {
    switch (proposal.kind) {
      case 'retire':
        if (proposal.reason === 'alike')
          return text('reason.alike', { share: formats.percent(proposal.share) })
        return text(`reason.${proposal.reason}`, { months: AUDIT_MONTHS })
      case 'optional':
        return text('reason.optional', { share: formats.percent(proposal.share) })
      case 'coarsen':
        return proposal.reason === 'ranges'
          ? text('reason.ranges')
          : text('reason.answers', { chosen: proposal.chosen, offered: proposal.offered })
      case 'lessOften':
        return text('reason.lessOften', { share: formats.percent(proposal.share), days: proposal.days })
      case 'promote':
        return text('reason.promote', { branches: proposal.branches })
      case 'keep':
        if (keptUntil !== null) return text('reason.kept', { day: formats.day(keptUntil) })
        if (standsOut) return text('reason.standsOut')
        if (service === 'well' && answers === 0) return text('reason.standing')
        if (service === 'well') return text('reason.well', { each: Math.max(1, Math.round(1 / returnsEach)) })
        return service === 'young' ? text('reason.young') : text('reason.little')
    }
  }
}
