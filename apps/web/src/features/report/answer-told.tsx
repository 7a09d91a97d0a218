'use client'
import type { AnswerTold } from '@fieldback/domain/report/read-report'
import ExternalLink from 'lucide-react/icons/external-link'
import Mail from 'lucide-react/icons/mail'
import MapPin from 'lucide-react/icons/map-pin'
import Phone from 'lucide-react/icons/phone'
import { useTranslations } from 'next-intl'
import { type Names, useToldText } from '../../client/use-told-text.ts'
import { type AnswerLink, answerLink } from '../../mobile/field/answer-link.ts'
import { PhotosSaid } from './photos-said.tsx'

const ICONS = {
  call: <Phone size={15} />,
  write: <Mail size={15} />,
  open: <ExternalLink size={15} />,
  route: <MapPin size={15} />,
}
/** The desk holds no cards: a reference is a name. */
const NO_CARDS = { accounts: new Map(), contacts: new Map() }

type Props = {
  readonly told: AnswerTold
  readonly owner: string
  readonly names: Names
  /** Ids of the report's photos that have come. */
  readonly photos: readonly string[]
}

/** An answer as its type is read: called, written to, opened, shown on a map; not known and not said each in their own way. */
export function AnswerSaid({ told, owner, names, photos }: Props) {
  const written = useToldText(names)(told, owner)
  if (told.state !== 'said') return <span className="text-ink-2 italic">{written}</span>
  if (told.parts.kind === 'photos') return <PhotosSaid ids={told.parts.ids} here={photos} />
  const link = answerLink(told.parts, NO_CARDS, '')
  return (
    <>
      <bdi className="wrap-anywhere whitespace-pre-line">{written}</bdi>
      {link && link.does !== 'card' && <Follow link={{ ...link, does: link.does }} what={written} />}
    </>
  )
}

type Followed = { readonly does: Exclude<AnswerLink['does'], 'card'>; readonly href: string }

function Follow({ link: { does, href }, what }: { link: Followed; what: string }) {
  const text = useTranslations('reportDesk')
  const outside =
    does === 'open' || does === 'route' ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {}
  return (
    <a
      href={href}
      aria-label={text(`view.does.${does}`, { what })}
      className="touch ml-2 inline-flex align-middle text-accent-ink"
      {...outside}
    >
      {ICONS[does]}
    </a>
  )
}
