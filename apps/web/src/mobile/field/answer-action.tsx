'use client'
import type { AnswerParts } from '@fieldback/domain/giveback/answer-parts'
import { IconButton } from '@fieldback/ui/icon-button'
import ExternalLink from 'lucide-react/icons/external-link'
import Mail from 'lucide-react/icons/mail'
import MapPin from 'lucide-react/icons/map-pin'
import Phone from 'lucide-react/icons/phone'
import SquareArrowOutUpRight from 'lucide-react/icons/square-arrow-out-up-right'
import type { ReactNode } from 'react'
import { usePhone } from '../phone.tsx'
import { phoneLink } from '../router.tsx'
import { type AnswerLink, answerLink } from './answer-link.ts'
import { useAnswerText } from './answer-text.ts'
import { useTypeTexts } from './types/type-texts.ts'

const ICONS: Readonly<Record<AnswerLink['does'], ReactNode>> = {
  call: <Phone size={20} />,
  write: <Mail size={20} />,
  open: <ExternalLink size={20} />,
  route: <MapPin size={20} />,
  card: <SquareArrowOutUpRight size={20} />,
}

/** One tap beside an answer that leads somewhere: undefined for the others. */
export function useAnswerAction(): (parts: AnswerParts) => ReactNode | undefined {
  const { store } = usePhone()
  const text = useTypeTexts()
  const answers = useAnswerText()
  return (parts) => {
    const link = answerLink(parts, store.getState().rows, navigator.userAgent)
    if (!link) return undefined
    const outside = link.does === 'open' ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {}
    return (
      <IconButton
        href={link.href}
        renderLink={phoneLink}
        label={text(`does.${link.does}`, { what: answers.parts(parts) })}
        icon={ICONS[link.does]}
        {...outside}
      />
    )
  }
}
