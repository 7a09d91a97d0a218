'use client'
import { Component, type ReactNode } from 'react'

/** Leaves a part of a screen out whose script could not be fetched: what is being filled in around it stays. */
export class MissingPartBoundary extends Component<{ readonly children: ReactNode }> {
  override state = { missing: false }

  static getDerivedStateFromError(): { missing: boolean } {
    return { missing: true }
  }

  override render(): ReactNode {
    return this.state.missing ? null : this.props.children
  }
}
