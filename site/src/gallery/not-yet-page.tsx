import { path as hammer } from 'lucide:hammer'
import { EmptyState } from '../components/empty-state.tsx'
import { shellMessages as m } from '../messages/shell-messages.ts'

/** Stands where a page will be. */
export function Page() {
  return <EmptyState title={m.notYet} sentence={m.notYetSentence} icon={hammer} />
}
