'use client'
import { SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRightLeft from 'lucide-react/icons/arrow-right-left'
import FolderInput from 'lucide-react/icons/folder-input'
import Merge from 'lucide-react/icons/merge'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Split from 'lucide-react/icons/split'
import UserMinus from 'lucide-react/icons/user-minus'
import UserPlus from 'lucide-react/icons/user-plus'
import X from 'lucide-react/icons/x'
import { type ReactNode, useState } from 'react'
import { DropGesture } from './drop-gesture.tsx'
import type { GestureProps, Subject } from './gesture-props.ts'
import { CloseGesture, CreateGesture, RenameGesture } from './name-gestures.tsx'
import { PassGesture, SplitGesture } from './pass-gestures.tsx'
import { AssignGesture, EndGesture } from './role-gestures.tsx'
import { ScenarioDialog } from './scenario-dialog.tsx'
import type { ScenarioPage } from './scenario-page.ts'
import { MergeGesture, MoveGesture } from './target-gestures.tsx'
import { useWords } from './use-words.ts'

const KINDS = ['split', 'pass', 'merge', 'move', 'create', 'assign', 'end', 'rename', 'close'] as const
type Kind = (typeof KINDS)[number]

const ICONS: Readonly<Record<Kind, ReactNode>> = {
  split: <Split size={18} />,
  pass: <ArrowRightLeft size={18} />,
  merge: <Merge size={18} />,
  move: <FolderInput size={18} />,
  create: <Plus size={18} />,
  assign: <UserPlus size={18} />,
  end: <UserMinus size={18} />,
  rename: <Pencil size={18} />,
  close: <X size={18} />,
}

const FORMS: Readonly<Record<Kind, (props: GestureProps) => ReactNode>> = {
  split: SplitGesture,
  pass: PassGesture,
  merge: MergeGesture,
  move: MoveGesture,
  create: CreateGesture,
  assign: AssignGesture,
  end: EndGesture,
  rename: RenameGesture,
  close: CloseGesture,
}

/** What can be done with a territory of the project: one gesture, or the one it was dragged for. */
export function GestureDialog({ onClose, ...props }: Omit<GestureProps, 'onDone'> & { onClose: () => void }) {
  const { page, subject, gestures } = props
  const { text } = useWords()
  const [kind, setKind] = useState<Kind | null>(null)
  const Form = kind && FORMS[kind]
  const choose = (next: Kind | null) => {
    gestures.reset()
    setKind(next)
  }
  const heading = subject.onto
    ? text('gesture.dropTitle', { name: subject.name, target: subject.onto.name })
    : kind
      ? text('gesture.of', { gesture: text(`gesture.${kind}`), name: subject.name })
      : text('gesture.menu', { name: subject.name })
  return (
    <ScenarioDialog
      title={heading}
      onClose={onClose}
      aside={
        Form && (
          <Button variant="ghost" icon={<ArrowLeft size={16} />} onClick={() => choose(null)}>
            {text('gesture.back')}
          </Button>
        )
      }
    >
      {(close) =>
        subject.onto ? (
          <DropGesture {...props} onDone={close} />
        ) : Form ? (
          <Form {...props} onDone={close} />
        ) : (
          <ul className="grid gap-1 sm:grid-cols-2">
            {KINDS.filter((one) => fits(one, page, subject)).map((one) => (
              <li key={one}>
                <Button className="w-full justify-start" icon={ICONS[one]} onClick={() => choose(one)}>
                  {text(`gesture.${one}`)}
                </Button>
              </li>
            ))}
          </ul>
        )
      }
    </ScenarioDialog>
  )
}

/** Gestures that the reader may make of a territory; what he may not is refused all the same, with its reason. */
function fits(kind: Kind, { can, territory }: ScenarioPage, { id, rank, parentId }: Subject): boolean {
  const top = id === territory.id || parentId === null
  switch (kind) {
    case 'create':
      return rank < SUB_SECTOR
    case 'split':
      return rank < SUB_SECTOR || !top
    case 'move':
    case 'merge':
    case 'close':
      return !top && (can.administer || rank === SUB_SECTOR)
    case 'rename':
      return can.administer || rank === SUB_SECTOR
    default:
      return true
  }
}
