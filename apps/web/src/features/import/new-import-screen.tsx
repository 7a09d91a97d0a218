'use client'
import { mappingFault } from '@fieldback/domain/import/check-mapping'
import { IMPORT_KINDS, type ImportKind } from '@fieldback/domain/import/import'
import { ChoiceCard } from '@fieldback/ui/choice-card'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { PageHead } from '@fieldback/ui/page-head'
import { TextLink } from '@fieldback/ui/text-link'
import Download from 'lucide-react/icons/download'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { FileChoice } from './file-choice.tsx'
import { KIND_ICONS } from './kind-icon.tsx'
import { useWords } from './use-words.ts'

/** What a file holds, and the file. The kind is part of the address, so that a guide can link to it. */
export function NewImportScreen() {
  const { text } = useWords()
  const address = useAddress()
  const kind = IMPORT_KINDS.find((one) => one === address.get('kind')) ?? null
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        crumbs={
          <Crumbs
            label={text('new.crumbs')}
            items={[{ label: text('new.imports'), href: '/admin/imports' }, { label: text('new.page') }]}
            renderLink={nextLink}
          />
        }
        title={text('new.title')}
        lede={text('new.lede')}
      />
      <KindCards kind={kind} choose={(chosen) => address.set({ kind: chosen })} />
      <FileChoice kind={kind} />
    </DeskScreen>
  )
}

type KindCardsProps = { readonly kind: ImportKind | null; readonly choose: (kind: ImportKind) => void }

function KindCards({ kind, choose }: KindCardsProps) {
  const { text } = useWords()
  return (
    <div className="flex max-w-240 flex-col gap-3">
      <ul aria-label={text('new.kinds')} className="grid gap-x-3 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
        {IMPORT_KINDS.map((one) => (
          <li key={one} className="flex flex-col gap-2">
            <ChoiceCard
              chosen={kind === one}
              icon={KIND_ICONS[one]}
              title={text(`kind.${one}`)}
              text={text(`brings.${one}`)}
              className="flex-1"
              onClick={() => choose(one)}
            />
            <p className="px-3 text-small">
              <TextLink
                href={`/api/import/template?kind=${one}`}
                download
                aria-label={text('template.linkOf', { kind: text(`kind.${one}`) })}
                icon={<Download size={15} />}
              >
                {text('template.link')}
              </TextLink>
            </p>
          </li>
        ))}
      </ul>
      {kind && <Needs kind={kind} />}
    </div>
  )
}

/** What a file of this kind cannot do without. */
function Needs({ kind }: { readonly kind: ImportKind }) {
  const { text, formats, needed } = useWords()
  const { missing = [] } = mappingFault(kind, {}, { columns: 0, fieldIds: new Set() }) ?? {}
  const names = missing.map((key) => needed(kind, key))
  return (
    <p role="status" className="text-ink-2">
      {text('new.needs', { count: names.length, list: formats.list(names) })}
    </p>
  )
}
