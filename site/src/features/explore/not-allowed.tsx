import { path as lock } from 'lucide:lock'
import { EmptyState } from '../../components/empty-state.tsx'
import { exploreMessages as m } from '../../messages/explore-messages.ts'

/** For who may see numbers, but no single players. */
export function NotAllowed() {
  return <EmptyState title={m.notAllowed} sentence={m.notAllowedSentence} icon={lock} />
}
