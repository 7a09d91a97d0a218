'use client'
import Check from 'lucide-react/icons/check'
import { useState } from 'react'
import { switchOrganisation } from './session.ts'

export type OrganisationSwitcherProps = {
  /** From `access.organisations`. */
  organisations: readonly { readonly membershipId: string; readonly orgName: string }[]
  /** The membership of this session. */
  current: string
  labels: { readonly title: string; readonly current: string }
  /** Says what went wrong, in the caller's texts. */
  sentence: (error: unknown) => string
  /** After the switch; by default everything is loaded again at the new organisation's home. */
  onSwitched?: (() => void) | undefined
}

/** The organisations of a person, for the desk's rail and the phone's menu; nothing when there is only one. */
export function OrganisationSwitcher(props: OrganisationSwitcherProps) {
  const { organisations, current, labels, sentence, onSwitched = () => location.assign('/') } = props
  const [wrong, setWrong] = useState<string | null>(null)
  if (organisations.length < 2) return null
  const go = (membershipId: string) =>
    switchOrganisation(membershipId).then(onSwitched, (error) => setWrong(sentence(error)))
  return (
    <section aria-label={labels.title}>
      <p className="px-2.5 pt-1 pb-0.5 text-caption text-ink-2">{labels.title}</p>
      <ul>
        {organisations.map(({ membershipId, orgName }) => (
          <li key={membershipId}>
            <button
              type="button"
              aria-current={membershipId === current ? 'true' : undefined}
              onClick={membershipId === current ? undefined : () => go(membershipId)}
              className="flex min-h-11 w-full items-center gap-2 rounded-[10px] px-2.5 py-1.5 text-left text-small transition-colors hover:bg-sunken aria-[current]:font-medium"
            >
              <span className="min-w-0 flex-1">{orgName}</span>
              {membershipId === current && (
                <>
                  <Check size={16} />
                  <span className="sr-only">{labels.current}</span>
                </>
              )}
            </button>
          </li>
        ))}
      </ul>
      {wrong && (
        <p role="alert" className="px-2.5 py-1 text-danger text-small">
          {wrong}
        </p>
      )}
    </section>
  )
}
