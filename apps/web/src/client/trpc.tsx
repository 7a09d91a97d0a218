'use client'
import type { AppRouter } from '@fieldback/api/root'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import { isEnded } from './error-code.ts'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

/** Only an outage is worth asking again: a denial or a refusal would be the same. */
const retry = (failures: number, error: unknown) => failures < 2 && !isEnded(error)

const openQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry }, mutations: { retry: false } } })

const openTrpcClient = () =>
  createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/api/trpc', maxItems: 10 })] })

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
