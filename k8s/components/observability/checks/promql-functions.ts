/** What an expression answers. */
export type ValueType = 'scalar' | 'string' | 'instant' | 'range';

/** What a function takes and answers. */
export interface Signature {
  readonly takes: readonly ValueType[];
  readonly gives: ValueType;
}

const ofRange: Signature = { takes: ['range'], gives: 'instant' };
const ofInstant: Signature = { takes: ['instant'], gives: 'instant' };

/** The functions of PromQL that these rules and dashboards use. */
export const FUNCTIONS: Readonly<Record<string, Signature>> = {
  rate: ofRange,
  increase: ofRange,
  absent: ofInstant,
  vector: { takes: ['scalar'], gives: 'instant' },
  histogram_quantile: { takes: ['scalar', 'instant'], gives: 'instant' },
};

/** The aggregations: what stands in their parentheses. */
export const AGGREGATIONS: Readonly<Record<string, readonly ValueType[]>> = {
  sum: ['instant'],
  max: ['instant'],
  min: ['instant'],
  avg: ['instant'],
  count: ['instant'],
  topk: ['scalar', 'instant'],
};

/** Binary operators, the weakest first. */
export const OPERATORS: readonly (readonly string[])[] = [['or'], ['and', 'unless'], ['==', '!=', '>', '>=', '<', '<='], ['+', '-'], ['*', '/', '%']];
export const SET_OPERATORS = new Set(['or', 'and', 'unless']);
