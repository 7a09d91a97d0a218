'use client'
import type { AppRouter } from '@fieldback/api/root'
import type { Permission } from '@fieldback/domain/access/permissions'
import type { inferRouterOutputs } from '@trpc/server'
import { createContext, type ReactNode, useContext } from 'react'

export type Member = inferRouterOutputs<AppRouter>['org']['me']

const MemberContext = createContext<Member | null>(null)

export function MemberProvider({ member, children }: { member: Member; children: ReactNode }) {
  return <MemberContext value={member}>{children}</MemberContext>
}

/** Who is signed in at the desk: name, organisation's day, roles. */
export function useMember(): Member {
  const member = useContext(MemberContext)
  if (!member) throw new Error('useMember is for the desk: its layout gives the member')
  return member
}

/** Whether the member holds a permission somewhere; decides what is shown, never what is allowed. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMember()
  return (permission) => permissions.includes(permission)
}
