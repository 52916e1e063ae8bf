/** What every number can be cut by, in the order in which a URL names them. */
export const DIMENSIONS = [
  'server',
  'gamemode',
  'platform',
  'device',
  'country',
  'domain',
  'version',
  'campaign',
  'type',
  'reason',
  'state',
  'role',
  'person',
  /** By UUID. */
  'player',
  'event',
  /** `name=value`, see the events page. */
  'property',
  /** A range, written as in the URL. */
  'first-seen',
  'last-seen',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** How a value is compared; a URL names them by a suffix of the dimension. */
export const OPERATORS = ['is', 'not', 'has', 'hasnot'] as const
export type Operator = (typeof OPERATORS)[number]

/** One condition: any of the values for `is` and `has`, none of them for `not` and `hasnot`. */
export interface Filter {
  readonly dimension: Dimension
  readonly operator: Operator
  /** '' stands for unknown. Never empty, each value once, sorted. */
  readonly values: readonly string[]
}

/** More fit into no sentence that a person reads. */
export const FILTER_VALUES_MAX = 20
export const FILTER_VALUE_CHARS_MAX = 253

/** Reads `platform=java&domain.not=…`; what is unknown, too long or too much is left out. */
export function parseFilters(params: URLSearchParams): readonly Filter[] {
  // As most addresses are; each link of a page is read and written.
  if (params.size === 0) return []
  return DIMENSIONS.flatMap((dimension) =>
    OPERATORS.flatMap((operator) => {
      const values = normalizeValues(params.getAll(paramName(dimension, operator)))
      return values.length === 0 ? [] : [{ dimension, operator, values }]
    }),
  )
}

/** Appends filters in the one order that they have. */
export function appendFilters(params: URLSearchParams, filters: readonly Filter[]): void {
  for (const { dimension, operator, values } of normalizeFilters(filters)) {
    for (const value of values) params.append(paramName(dimension, operator), value)
  }
}

/** The same filters in the one order that they have, with conditions of the same kind put together. */
export function normalizeFilters(filters: readonly Filter[]): readonly Filter[] {
  if (filters.length === 0) return []
  const params = new URLSearchParams()
  for (const { dimension, operator, values } of filters) {
    for (const value of values) params.append(paramName(dimension, operator), value)
  }
  return parseFilters(params)
}

/** With one value more, or without it where it was there: what a click on a row does. */
export function toggleFilter(
  filters: readonly Filter[],
  {
    dimension,
    operator,
    value,
  }: { readonly dimension: Dimension; readonly operator: Operator; readonly value: string },
): readonly Filter[] {
  const isSame = (filter: Filter): boolean => filter.dimension === dimension && filter.operator === operator
  const present = filters.find(isSame)?.values ?? []
  const values = present.includes(value) ? present.filter((other) => other !== value) : [...present, value]
  return normalizeFilters([...filters.filter((filter) => !isSame(filter)), { dimension, operator, values }])
}

function paramName(dimension: Dimension, operator: Operator): string {
  return operator === 'is' ? dimension : `${dimension}.${operator}`
}

function normalizeValues(values: readonly string[]): readonly string[] {
  const fitting = values.filter((value) => value.length <= FILTER_VALUE_CHARS_MAX && value.isWellFormed())
  return [...new Set(fitting)].sort().slice(0, FILTER_VALUES_MAX)
}
