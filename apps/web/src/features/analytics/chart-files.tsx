'use client'
import type { AskedMeasure } from '@fieldback/domain/analytics/address'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import Download from 'lucide-react/icons/download'
import ImageIcon from 'lucide-react/icons/image'
import { pictureOf, savePicture } from './chart-picture.ts'
import type { Export } from './export-rows.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { writeView } from './write-view.ts'

type FilesProps = { of: Export; territoryId: string; measure?: AskedMeasure | undefined }

/** The figures beside it as files: what is hidden or partial on the screen is so there. */
export function FileLinks({ of, territoryId, measure }: FilesProps) {
  const text = useText()
  const { view } = useView()
  const query = writeView({ ...view, territoryId, measure: measure ?? view.measure, sort: null })
  return (
    <span className="inline-flex gap-3">
      <TextLink href={`/api/analytics/export?of=${of}&${query}`} icon={<Download size={15} />}>
        {text('export.csv')}
      </TextLink>
      <TextLink href={`/api/analytics/export?of=${of}&as=xlsx&${query}`}>{text('export.xlsx')}</TextLink>
    </span>
  )
}

type PictureProps = {
  /** The chart is the nearest element above that bears `data-chart`. */
  title: string
  subtitle: string
}

/** Saves the chart around it as a picture, drawn in the browser. */
export function PictureButton({ title, subtitle }: PictureProps) {
  const text = useText()
  const formats = useFormats()
  const toast = useToast()
  const save = async (button: HTMLElement) => {
    const chart = button.closest<HTMLElement>('[data-chart]')
    if (!chart) return
    const source = text('export.source', { instant: formats.instant(new Date()) })
    try {
      await savePicture(pictureOf(chart, { title, subtitle, source }), fileNameOf(title))
    } catch {
      toast({ text: text('export.noPicture'), failed: true })
    }
  }
  return (
    <TextLink
      icon={<ImageIcon size={15} />}
      onClick={(event: React.MouseEvent<HTMLButtonElement>) => save(event.currentTarget)}
    >
      {text('export.picture')}
    </TextLink>
  )
}

const fileNameOf = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 60)
