/** Who names whom. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** One shortest circle for each group of nodes that reach each other, beginning and ending with its first node by name. */
export function findCycles(graph: Graph): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = []
  const reported = new Set<string>()
  for (const node of [...graph.keys()].sort()) {
    if (reported.has(node)) continue
    const cycle = findShortestWayBack(graph, node)
    if (cycle === undefined) continue
    cycles.push(cycle)
    for (const other of reachable(graph, node)) if (reachable(graph, other).has(node)) reported.add(other)
  }
  return cycles
}

function findShortestWayBack(graph: Graph, start: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string>()
  const waiting = [start]
  for (const node of waiting) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) return wayTo(cameFrom, start, node)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, node)
      waiting.push(next)
    }
  }
  return undefined
}

function wayTo(cameFrom: ReadonlyMap<string, string>, start: string, last: string): readonly string[] {
  const way = [start]
  for (let node: string | undefined = last; node !== undefined && node !== start; node = cameFrom.get(node)) {
    way.unshift(node)
  }
  return [start, ...way]
}

function reachable(graph: Graph, start: string): ReadonlySet<string> {
  const seen = new Set<string>([start])
  for (const node of seen) for (const next of graph.get(node) ?? []) seen.add(next)
  return seen
}
