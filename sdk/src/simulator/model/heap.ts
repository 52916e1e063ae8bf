/** Gives things back in the order of their times; those of one time in the order in which they came. */
export interface Heap<Item> {
  add(atMs: number, item: Item): void
  /** Time of the next one; infinity when there is none. */
  nextAtMs(): number
  take(): Item | undefined
  size(): number
}

interface Node<Item> {
  readonly atMs: number
  readonly order: number
  readonly item: Item
}

/** A binary heap: adding and taking cost the logarithm of what it holds. */
export function createHeap<Item>(): Heap<Item> {
  const nodes: Array<Node<Item>> = []
  let added = 0

  function isBefore(a: number, b: number): boolean {
    const [left, right] = [nodes[a], nodes[b]]
    if (left === undefined || right === undefined) return false
    return left.atMs === right.atMs ? left.order < right.order : left.atMs < right.atMs
  }

  function swap(a: number, b: number): void {
    const [left, right] = [nodes[a], nodes[b]]
    if (left === undefined || right === undefined) return
    nodes[a] = right
    nodes[b] = left
  }

  function sink(): void {
    for (let place = 0; ; ) {
      const left = 2 * place + 1
      const child = isBefore(left + 1, left) ? left + 1 : left
      if (!isBefore(child, place)) return
      swap(child, place)
      place = child
    }
  }

  return {
    add(atMs, item) {
      added += 1
      let place = nodes.push({ atMs, order: added, item }) - 1
      while (place > 0) {
        const parent = (place - 1) >> 1
        if (!isBefore(place, parent)) return
        swap(place, parent)
        place = parent
      }
    },
    nextAtMs: () => nodes[0]?.atMs ?? Number.POSITIVE_INFINITY,
    take() {
      const first = nodes[0]
      const last = nodes.pop()
      if (first === undefined || last === undefined) return undefined
      if (nodes.length > 0) {
        nodes[0] = last
        sink()
      }
      return first.item
    },
    size: () => nodes.length,
  }
}
