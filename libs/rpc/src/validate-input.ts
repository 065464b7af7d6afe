import type { DtoClass } from '#leadwire/contracts';
import { Problems, type FieldProblem } from '#leadwire/kernel';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';

// What a client is told at once; an input may hold more faults than an answer may be long.
const MOST_ERRORS = 50;

/** The DTO made of plain input; refuses unknown fields, wrong types and what breaks a limit, naming each field. */
export async function validateInput<I extends object>(dto: DtoClass<I>, plain: unknown): Promise<I> {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain)) {
    throw Problems.invalid({ detail: 'The input must be a JSON object.' });
  }
  const unstorable = unstorableText(plain, '');
  if (unstorable !== undefined) {
    throw Problems.invalid({ errors: [{ field: unstorable, message: `${unstorable} must not hold U+0000 or half a surrogate pair` }] });
  }
  const instance = plainToInstance(dto, plain);
  const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  if (errors.length > 0) throw Problems.invalid({ errors: errors.flatMap((error) => fieldProblems(error, '')).slice(0, MOST_ERRORS) });
  return instance;
}

function fieldProblems(error: ValidationError, prefix: string): FieldProblem[] {
  const field = prefix + error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message: message.replace('$property', () => field) }));
  return [...own.slice(0, 1), ...(error.children ?? []).flatMap((child) => fieldProblems(child, `${field}.`))];
}

// JSON can spell text that PostgreSQL cannot hold; it is refused at the door instead of failing in the transaction.
function unstorableText(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : path;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return path || 'the input';
    const found = unstorableText(inner, path ? `${path}.${key}` : key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
