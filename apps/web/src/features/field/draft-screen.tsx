'use client'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActionBar } from '../../client/action-bar.tsx'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { PhonePreview } from './phone-preview.tsx'
import type { Play } from './play.ts'
import type { Blocked } from './use-blocked.tsx'

export type DraftScreenProps = {
  /** The level that writes. */
  readonly territory: PathNode
  /** The question's own page, where this one is behind it. */
  readonly behind?: { readonly label: string; readonly href: string }
  readonly title: string
  readonly lede: string
  /** What was typed earlier in this tab has been brought back. */
  readonly restored: boolean
  /** The question as it would be asked, for the phone. */
  readonly drafted: EffectiveField
  /** Answers tried in it. */
  readonly play: Play
  /** Questions that it takes the place of. */
  readonly replaced?: readonly string[]
  /** Other things that can be done with the question. */
  readonly actions?: ReactNode
  /** What keeps the button shut. */
  readonly blocked: Blocked | null
  /** The same with a choice to make, in its place. */
  readonly meanwhile?: ReactNode
  readonly run: { readonly label: string; readonly open: boolean; readonly go: () => void }
  readonly children: ReactNode
}

/** Where what is asked is written: its parts, its form on a phone beside, and at the foot what is missing and the way to publish. */
export function DraftScreen(props: DraftScreenProps) {
  const { territory, behind, blocked, run } = props
  const text = useTranslations('fieldDesk')
  return (
    <DeskScreen
      rail={<DeskRail />}
      aside={
        <PhonePreview
          territory={territory}
          drafted={props.drafted}
          replaced={props.replaced}
          play={props.play}
        />
      }
    >
      <PageHead
        crumbs={
          <Crumbs
            label={text('builder.path')}
            renderLink={nextLink}
            items={[
              { label: text('builder.fields'), href: `/manage/fields?at=${territory.id}` },
              { label: territory.name, rank: territory.rank },
              ...(behind ? [behind] : []),
            ]}
          />
        }
        title={props.title}
        lede={props.restored ? text('builder.restored') : props.lede}
        actions={props.actions}
      />
      <form
        onSubmit={(event) => event.preventDefault()}
        className="grid gap-6 [&>section+section]:border-line [&>section+section]:border-t [&>section+section]:pt-6"
      >
        {props.children}
      </form>
      <ActionBar label={text('builder.foot')}>
        {blocked && (
          <div className="min-w-0 flex-1 basis-72">
            {props.meanwhile || (
              <Notice
                id="blocked"
                live
                tone={blocked.quiet ? 'quiet' : 'block'}
                icon={blocked.icon}
                title={blocked.title}
              >
                {blocked.next}
              </Notice>
            )}
          </div>
        )}
        <Button
          variant="primary"
          className="ml-auto max-sm:w-full"
          disabled={!run.open}
          aria-describedby={blocked ? 'blocked' : undefined}
          onClick={run.go}
        >
          {run.label}
        </Button>
      </ActionBar>
    </DeskScreen>
  )
}
