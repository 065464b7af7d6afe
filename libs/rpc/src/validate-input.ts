import type { DtoClass } from '#leadwire/contracts';
import { Problems, type FieldProblem } from '#leadwire/kernel';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { MOST_ERRORS, shapeFaults } from './input-shape.js';

/** The DTO made of plain input; refuses unknown fields, wrong types and what breaks a limit, naming each field. */
export async function validateInput<I extends object>(dto: DtoClass<I>, plain: unknown): Promise<I> {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain)) {
    throw Problems.invalid({ detail: 'The input must be a JSON object.' });
  }
  const { unknown, refused } = shapeFaults(dto, plain);
  if (refused.length > 0 || unknown.length >= MOST_ERRORS) throw Problems.invalid({ errors: [...refused, ...unknown] });
  const instance = plainToInstance(dto, plain);
  const wrong = (await validate(instance, { whitelist: true, forbidUnknownValues: false })).flatMap((error) => fieldProblems(error, ''));
  const errors = [...unknown, ...wrong];
  if (errors.length > 0) throw Problems.invalid({ errors: errors.slice(0, MOST_ERRORS) });
  return instance;
}

function fieldProblems(error: ValidationError, prefix: string): FieldProblem[] {
  const field = prefix + error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message: message.replace('$property', () => field) }));
  return [...own.slice(0, 1), ...(error.children ?? []).flatMap((child) => fieldProblems(child, `${field}.`))];
}
