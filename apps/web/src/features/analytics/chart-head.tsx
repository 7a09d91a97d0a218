'use client'
import { SectionHead } from '@fieldback/ui/section-head'
import type { ReactNode } from 'react'
import { FileLinks, PictureButton } from './chart-files.tsx'
import type { Export } from './export-rows.ts'
import { useSubject } from './subject.tsx'

type Props = {
  id: string
  /** The files beside it; none for what only has a picture. */
  files?: Export | undefined
  aside?: ReactNode
  /** There is something to see. */
  picture?: boolean
  children: string
}

/** The head of a chart: what it is, its files and its picture. */
export function ChartHead({ id, files, aside, picture = true, children }: Props) {
  const { territoryId, subject, said } = useSubject()
  return (
    <div data-off-picture>
      <SectionHead
        id={id}
        aside={
          <span className="inline-flex flex-wrap items-center gap-x-4 gap-y-1">
            {aside}
            {files && <FileLinks of={files} territoryId={territoryId} measure={subject.measure} />}
            {picture && <PictureButton title={children} subtitle={said} />}
          </span>
        }
      >
        {children}
      </SectionHead>
    </div>
  )
}
