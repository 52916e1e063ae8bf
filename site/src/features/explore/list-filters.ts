import { type Dimension, type Filter, normalizeFilters } from '../../url/filters.ts'

/** What a list is filtered by in one dimension. */
export interface UsedFilter {
  readonly dimension: Dimension
  /** '' stands for unknown. */
  readonly value: string
}

/** Filters that a list follows, and those of the URL that it cannot. */
export interface SplitFilters {
  readonly used: readonly UsedFilter[]
  readonly ignored: readonly Filter[]
}

/** Lists of rows take one value of a dimension, which has to be equal: what else stands in the URL is told apart. */
export function splitFilters(filters: readonly Filter[], known: readonly Dimension[]): SplitFilters {
  const isUsed = ({ dimension, operator, values }: Filter): boolean =>
    operator === 'is' && values.length === 1 && known.includes(dimension)
  return {
    used: filters.filter(isUsed).map(({ dimension, values: [value = ''] }) => ({ dimension, value })),
    ignored: filters.filter((filter) => !isUsed(filter)),
  }
}

/** The value that a list is filtered by in a dimension, or undefined. */
export function filterValue(filters: readonly Filter[], dimension: Dimension): string | undefined {
  return splitFilters(filters, [dimension]).used[0]?.value
}

/** With one dimension filtered by a value and by nothing else; undefined takes its filter away. */
export function setFilter(
  filters: readonly Filter[],
  dimension: Dimension,
  value: string | undefined,
): readonly Filter[] {
  const others = filters.filter((filter) => filter.dimension !== dimension)
  return normalizeFilters(value === undefined ? others : [...others, { dimension, operator: 'is', values: [value] }])
}
