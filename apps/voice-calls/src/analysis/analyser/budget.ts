import type { Budget, Found } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';
import { NUMBER, numberOf } from './spoken-numbers.js';

const SYMBOLS: Record<string, string> = { $: 'USD', '£': 'GBP', '€': 'EUR' };
const CURRENCIES: [RegExp, string][] = [
  [/\b(dollars?|bucks|usd)\b|\$/, 'USD'],
  [/\b(pounds?|quid|gbp)\b|£/, 'GBP'],
  [/\b(euros?|eur)\b|€/, 'EUR'],
  [/\b(francs?|chf)\b/, 'CHF'],
];
const CURRENCY_WORD = '(?:dollars?|bucks|pounds?|quid|euros?|francs?|usd|eur|gbp|chf)';
// What the other side charges, or what is paid to someone else today, is no budget.
const NOT_MINE =
  /\b(you (said|quoted|charge|want|are asking)|your price|too (much|expensive)|is a lot|can not (do|afford|spend|pay)|not (pay|spend)|(am|are) paying|currently|we pay|i pay|bill|salary|revenue|turnover|employees)\b/;
const CUE = /\b(budget|spend|afford|invest|set aside|price range|up to|max(imum)?|no more than|allocated|ballpark|pay)\b/;
const AMOUNT = new RegExp(`([$£€]) ?(${NUMBER})|(${NUMBER})(?: ?(${CURRENCY_WORD})\\b| ?([€£$]))?`, 'g');

/** The last amount said wins: people correct themselves upwards and downwards. */
export function budgetIn(lines: SpokenLine[]): Found<Budget> | undefined {
  let found: Found<Budget> | undefined;
  for (const line of lines) {
    if (!line.byCustomer) continue;
    for (const clause of line.clauses) {
      const budget = budgetOf(clause, CUE.test(line.plain));
      if (budget) found = { value: budget, evidence: line.evidence };
    }
  }
  return found;
}

function budgetOf(clause: string, cue: boolean): Budget | undefined {
  if (NOT_MINE.test(clause)) return undefined;
  const amounts = [...withSharedScale(clause).matchAll(AMOUNT)]
    .map((match) => amountOf(match, cue))
    .filter((amount) => amount !== undefined);
  if (amounts.length === 0) return undefined;
  const currency = CURRENCIES.find(([pattern]) => pattern.test(clause))?.[1];
  return { amount: decimal(Math.max(...amounts)), ...(currency && { currency }) };
}

/** "between ten and fifteen thousand": the scale is said once and meant twice. */
function withSharedScale(clause: string): string {
  return clause.replaceAll(/\b(\w+) (?:and|to|or) (\w+) (thousand|grand|million|hundred)\b/g, '$1 $3 to $2 $3');
}

/** Without a currency a number is money only where money is spoken of, and where it is not a year or a count. */
function amountOf(match: RegExpMatchArray, cue: boolean): number | undefined {
  const [, symbol, afterSymbol, plain, word, trailing] = match;
  const value = numberOf(afterSymbol ?? plain ?? '');
  if (value === undefined || value < 1) return undefined;
  const named = (symbol && SYMBOLS[symbol]) || word || trailing;
  return named || (cue && value >= 100) ? value : undefined;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2);
}
