'use client'
import type { GivebackKind } from '@fieldback/domain/field/field-spec'
import type {
  EvidenceCode,
  EvidenceLine,
  ReturnCode,
  ReturnCard as ReturnData,
} from '@fieldback/domain/giveback/return-card'
import type { MessageValues } from '@fieldback/i18n/icu'
import type { PhoneCatalog } from '@fieldback/i18n/phone-french'
import { Evidence } from '@fieldback/ui/evidence'
import { ReturnCard } from '@fieldback/ui/return-card'
import { TextLink } from '@fieldback/ui/text-link'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { type ReactNode, useEffect } from 'react'
import { useAnswerText } from '../field/answer-text.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { useBadgeText } from './badge-text.ts'
import { ReturnProof } from './return-proof.tsx'

export type ReturnViewProps = {
  readonly card: ReturnData
  /** "Ce que ça vous rend", "Ce qui vous revient aujourd'hui". */
  readonly eyebrow: string
  /** Name of the account just met, for the ring in the picture. */
  readonly account?: string
  /** Instead of the card's own link. */
  readonly action?: ReactNode
  /** Whether it is of use. */
  readonly judge?: ReactNode
  readonly defaultOpen?: boolean
  /** Sentences of one screen alone, which Today's script does not carry; null for the others. */
  readonly say?: (code: ReturnCode, values: MessageValues) => string | null
  readonly compact?: boolean
  readonly rise?: boolean
  /** Told once each time the evidence is opened, or the link followed: the return was used. */
  readonly onUsed?: (fieldId: string, kind: GivebackKind) => void
}

/** A return as a card: one sentence, its evidence folded one tap away, where it was counted. */
export function ReturnView(props: ReturnViewProps) {
  const { card, eyebrow, account, compact, rise, defaultOpen, onUsed } = props
  const text = usePhone().texts('giveback')
  const sentence = useReturnSentence(props.say)
  const used = () => onUsed?.(card.fieldId, card.kind)
  const evident = card.evidence.length > 0 || card.proof !== null
  return (
    <ReturnCard
      eyebrow={eyebrow}
      sentence={sentence(card)}
      tone={isSoon(card) ? 'soon' : 'return'}
      proofLabel={text('proof.open')}
      source={<Source card={card} />}
      foot={props.judge}
      action={props.action ?? <OwnAction card={card} onUsed={used} />}
      compact={compact}
      rise={rise}
      defaultOpen={defaultOpen}
    >
      {evident && <Proofs card={card} onOpen={used} {...(account === undefined ? {} : { account })} />}
    </ReturnCard>
  )
}

/** Still to come: too few cases, or nothing answered yet. */
const isSoon = ({ code }: ReturnData): boolean => code.endsWith('_PROGRESS') || code === 'COMPARISON_READY'

type HeldCode = keyof PhoneCatalog['giveback']['returns']

/** The one sentence of a return, in the reader's language. */
function useReturnSentence(say: ReturnViewProps['say']): (card: ReturnData) => string {
  const { texts, formats } = usePhone()
  const label = useLabel()
  const answer = useAnswerText()
  const badge = useBadgeText()
  const text = texts('giveback')
  return (card) => {
    const values = Object.fromEntries(
      Object.entries(card.params).map(([name, value]) => {
        if (name.endsWith('Share')) return [name, formats.percent(Number(value))]
        return [name, /day$/i.test(name) ? formats.day(String(value), 'short') : value]
      }),
    )
    const all = {
      ...values,
      field: label(card.field),
      giveback: card.giveback ? label(card.giveback) : '',
      answer: card.answer ? answer.bucket(card.answer) : '',
      badge: card.badge ? badge.full(card.badge) : '',
    }
    return say?.(card.code, all) ?? text(`returns.${card.code as HeldCode}`, all)
  }
}

function Proofs({ card, account, onOpen }: { card: ReturnData; account?: string; onOpen: () => void }) {
  const { texts, formats } = usePhone()
  const text = texts('giveback')
  const term = useEvidenceTerm(card)
  useOnce(onOpen)
  const value = ({ n, of }: EvidenceLine) =>
    of === null ? formats.number(n) : text('evidence.outOf', { n: formats.number(n), of: formats.number(of) })
  const rows = card.evidence.map((line) => ({ term: term(line.code), value: value(line) }))
  const counted = useCounted(card)
  return (
    <Evidence rows={[...rows, { term: text('evidence.counted'), value: counted }]}>
      {card.proof && <ReturnProof card={card} {...(account === undefined ? {} : { account })} />}
    </Evidence>
  )
}

/** The proof is mounted when it is opened. */
function useOnce(act: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening counts once, whatever is drawn again after.
  useEffect(() => act(), [])
}

function useEvidenceTerm(card: ReturnData): (code: EvidenceCode) => string {
  const text = usePhone().texts('giveback')
  const answer = useAnswerText()
  const label = useLabel()
  return (code) =>
    text(`evidence.${code}`, {
      answer: card.answer ? answer.bucket(card.answer) : '',
      giveback: card.giveback ? label(card.giveback) : '',
      place: card.params.place ?? '',
      holder: card.params.holder ?? 'account',
    })
}

/** Where and when the figures were counted. */
function useCounted({ asOf }: ReturnData): string {
  const { texts, formats } = usePhone()
  const text = texts('giveback')
  return asOf === null ? text('counted.here') : text('counted.asOf', { at: formats.instant(asOf) })
}

function Source({ card }: { card: ReturnData }) {
  const text = usePhone().texts('giveback')
  const { pack } = usePhoneState()
  const counted = useCounted(card)
  if (!card.partial) return <>{counted}</>
  // A pack that is here and says nothing of a place above has left it out: too few people answer there.
  return <>{text(pack.asOf === '' ? 'partial.network' : 'partial.group')}</>
}

/** A segment leads to its list. */
function OwnAction({ card, onUsed }: { card: ReturnData; onUsed: () => void }) {
  const text = usePhone().texts('giveback')
  const { frame } = usePhoneState()
  if (card.kind !== 'segment' || Number(card.params.yes ?? 0) === 0) return null
  const field = frame.fields.find(({ id }) => id === card.fieldId)
  const segments = field?.spec.givebacks.filter(({ kind }) => kind === 'segment') ?? []
  const index = segments.findIndex(
    (giveback) => 'label' in giveback && giveback.label.fr === card.giveback?.fr,
  )
  if (index < 0) return null
  return (
    <TextLink
      href={paths.segment(card.fieldId, index)}
      renderLink={phoneLink}
      onClick={onUsed}
      endIcon={<ChevronRight size={16} />}
    >
      {text('segmentLink', { count: card.params.yes ?? 0 })}
    </TextLink>
  )
}
