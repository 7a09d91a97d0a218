'use client'
import type { AppRouter } from '@fieldback/api/root'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import { isTriedAgain, toldError } from './error-code.ts'
import { whenSignedIn } from './session-end.ts'

const context = createTRPCContext<AppRouter>()
const { TRPCProvider } = context
/** Procedures as options of queries and mutations. */
export const { useTRPC } = context

/** Access that was withdrawn while a page stood open: to sign-in, with the reason. */
function leaveWhenOut(error: unknown): void {
  const { code } = toldError(error)
  if (!OUT.includes(code)) return
  const to = location.pathname + location.search
  location.assign(`/signin?${new URLSearchParams({ reason: code, to })}`)
}

const OUT: readonly string[] = ['MEMBERSHIP_REVOKED', 'DEVICE_REVOKED']

// A failed mutation stays where it is: what was typed is still on the screen.
const openQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenOut }),
    // Without a network a call fails and says so: by itself the library would hold it back without a word.
    defaultOptions: {
      queries: { staleTime: 30_000, retry: isTriedAgain, networkMode: 'always', refetchOnReconnect: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  })

const openTrpcClient = () =>
  createTRPCClient<AppRouter>({
    links: [whenSignedIn, httpBatchLink({ url: '/api/trpc', maxItems: 10 })],
  })

/** The desk's connection to the server. The phone has none: it writes through its outbox. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(openQueryClient)
  const [trpcClient] = useState(openTrpcClient)
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}
