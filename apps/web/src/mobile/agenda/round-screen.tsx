'use client'
export default function RoundScreen() {
  return null
}
