import type { DtoClass } from '#leadwire/contracts';
import { Problems, type FieldProblem } from '#leadwire/kernel';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';

/** The DTO made of plain input; refuses unknown fields, wrong types and what breaks a limit, naming each field. */
export async function validateInput<I extends object>(dto: DtoClass<I>, plain: unknown): Promise<I> {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain)) {
    throw Problems.invalid({ detail: 'The input must be a JSON object.' });
  }
  const instance = plainToInstance(dto, plain);
  const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  if (errors.length > 0) throw Problems.invalid({ errors: errors.flatMap((error) => fieldProblems(error, '')) });
  return instance;
}

function fieldProblems(error: ValidationError, prefix: string): FieldProblem[] {
  const field = prefix + error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message: message.replace('$property', field) }));
  return [...own.slice(0, 1), ...(error.children ?? []).flatMap((child) => fieldProblems(child, `${field}.`))];
}
